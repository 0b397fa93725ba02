using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>AdaLoRA's optimizer, files and errors.</summary>
public sealed class AdaLoraTests : IDisposable
{
    private readonly Toy _model = Make.Model(() => new Toy());
    private readonly Tensor _input = Make.Normal(3, 2, 5, 32);
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void The_start_is_the_papers()
    {
        using var lora = _model.AttachTrainedAdaLora();
        var sites = lora.Sites.Cast<AdaLoraSite>().ToArray();
        Assert.All(sites, site => Assert.Equal(0, site.E.abs().max().item<float>()));
        Assert.All(sites, site => Assert.True(site.A.std().item<float>() is > 0.015f and < 0.025f && site.B.std().item<float>() is > 0.015f and < 0.025f));
        Assert.All(sites, site => Assert.Equal((6, 6, false), (site.Rank, site.IsKept.Count, site.HasPattern)));
        Assert.Equal(16 / (6 + 1e-5), sites[0].Scaling);
        Assert.Equal("layers.0.attn.q_proj: Linear(32 → 48), AdaLoRA initial rank 6, target rank 3, alpha 16", sites[0].ToString());
    }

    [Fact]
    public void The_penalty_is_the_mean_distance_from_orthogonal_factors()
    {
        using var lora = LoraContractTests.Shaken(_model.AttachTrainedAdaLora());
        var distances = lora.Sites.Cast<AdaLoraSite>().SelectMany(site => new[] { site.A, site.B.t() }).Select(factor =>
        {
            var product = factor.detach().to(ScalarType.Float64).mm(factor.detach().to(ScalarType.Float64).t());
            return (product - eye(6, dtype: ScalarType.Float64)).pow(2).sum().sqrt().item<double>();
        });
        Assert.Equal(0.5 * distances.Average(), lora.Penalty()!.item<float>(), 1e-4);

        using var without = Make.Model(() => new OneLayer("Linear"));
        using var unpenalized = without.AttachShortAdaLora();
        Assert.Null(unpenalized.Penalty());
    }

    // The ranks of one layer may go to another.
    [Fact]
    public void A_layer_may_lose_all_of_its_ranks()
    {
        using (var lora = LoraContractTests.Shaken(_model.AttachTrainedAdaLora()))
        {
            foreach (var site in lora.Sites.Cast<AdaLoraSite>().Take(2))
                site.Keep(new bool[6]);
            using (no_grad())
            {
                foreach (var site in lora.Sites.Cast<AdaLoraSite>().Take(2))
                    site.E.zero_();
            }

            var output = _model.forward(_input).detach();
            lora.Save(_folder.Path);
            lora.Detach();
            using var loaded = _model.AttachTrainedAdaLoraFrom(_folder.Path);
            Expect.SameBits(output, _model.forward(_input));
            Assert.Equal([0, 0, 6, 6], loaded.Sites.Cast<AdaLoraSite>().Select(site => site.Rank));
        }
    }

    // Between two allocations a triplet that was taken away may grow again.
    [Fact]
    public void What_has_grown_again_is_saved()
    {
        using var lora = LoraContractTests.Shaken(_model.AttachTrainedAdaLora());
        ((AdaLoraSite)lora.Sites[0]).Keep([true, false, true, true, true, true]);
        var output = _model.forward(_input).detach();
        lora.Save(_folder.Path);
        lora.Detach();
        using var loaded = _model.AttachTrainedAdaLoraFrom(_folder.Path);
        Expect.SameBits(output, _model.forward(_input));
    }

    [Theory, InlineData(3), InlineData(6), InlineData(10)]
    public void A_resumed_run_continues_exactly(int stop)
    {
        var expected = Run(_model, () => _model.AttachTrainedAdaLora(), null, 12, stop, out var state);

        using var model = Make.Model(() => new Toy());
        var resumed = Run(model, () => model.AttachTrainedAdaLoraFrom(_folder.Path), state, 12 - stop, stop: 0, out _);
        Assert.Equal(expected, resumed);
    }

    [Fact]
    public void A_file_of_another_schedule_is_loaded_with_a_warning()
    {
        using (var lora = LoraContractTests.Shaken(_model.AttachTrainedAdaLora()))
            lora.Save(_folder.Path);
        using (var same = _model.AttachTrainedAdaLoraFrom(_folder.Path))
            Assert.Empty(same.LoadReport!.Warnings);

        var path = Path.Combine(_folder.Path, "trained", "adapter_config.json");
        File.WriteAllText(path, File.ReadAllText(path)
            .Replace("\"total_step\": 12", "\"total_step\": 40", StringComparison.Ordinal)
            .Replace("\"tinit\": 2", "\"tinit\": null", StringComparison.Ordinal));
        using var other = _model.AttachTrainedAdaLoraFrom(_folder.Path);
        Assert.Equal(
            ["The adapter was trained with total_step 40, but TotalSteps is 12; with tinit 0, but InitialSteps is 2. A training that goes on takes ranks away "
                + "by the attribute's schedule."],
            other.LoadReport!.Warnings);
    }

    [Fact]
    public void A_state_of_another_schedule_is_refused()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        using var state = new MemoryStream();
        using (var lora = model.AttachAdaLora())
            lora.Optimizer(parameters => optim.AdamW(parameters)).save_state_dict(new BinaryWriter(state));
        using var other = model.AttachShortAdaLora();
        using var optimizer = other.Optimizer(parameters => optim.AdamW(parameters));
        state.Position = 0;
        Assert.Equal(
            "The saved state of the adapter's optimizer does not fit the adapter: the schedule is TargetRank 2, TotalSteps 2000, InitialSteps 500, "
            + "FinalSteps 200, Interval 1, Beta1 0.85, Beta2 0.85, expected TargetRank 1, TotalSteps 24, InitialSteps 4, FinalSteps 5, Interval 3, Beta1 0.85, "
            + "Beta2 0.85. Use the options and the model with which it was saved, or begin without a state. Nothing was loaded.",
            Assert.Throws<InvalidDataException>(() => optimizer.load_state_dict(new BinaryReader(state))).Message);
    }

    [Fact]
    public void A_step_of_another_optimizer_is_noticed()
    {
        using var lora = _model.AttachTrainedAdaLora();
        optim.Optimizer? inner = null;
        using var optimizer = lora.Optimizer(parameters => inner = optim.AdamW(parameters, lr: 1e-3));
        Backward();
        Backward();
        optimizer.step();
        Backward();
        optimizer.step();
        Backward();
        inner!.step();
        inner.zero_grad();

        using (no_grad())
            _model.forward(_input).Dispose();
        var error = Assert.Throws<InvalidOperationException>(() => _model.forward(_input));
        Assert.Equal(
            "Adapter \"trained\": the parameters at layers.0.attn.q_proj have changed since the last step of the adapter's optimizer, so a step went past "
            + "AdaLoRA, which acts on each one. Call step() of the optimizer that Optimizer(…) returned, not of the one within it. If you "
            + "have set the values yourself, repeat the call.",
            error.Message);
        Backward();
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public void A_gradient_that_is_not_finite_is_refused(float value)
    {
        using var lora = _model.AttachTrainedAdaLora();
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters, lr: 1e-3));
        Backward();
        optimizer.step();
        optimizer.zero_grad();
        Backward();
        using (no_grad())
            lora.Sites[1]["B"].grad![3, 2] = value;
        var before = State();
        var error = Assert.Throws<NotFiniteNumberException>(() => optimizer.step());
        Assert.StartsWith($"{lora.Sites[1].Path}.B: the gradient has values that are NaN or infinite.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, State());
        Assert.Equal(1, optimizer.Steps);

        optimizer.zero_grad();
        Backward();
        optimizer.step();
        Assert.NotEqual(before, State());

        byte[][] State() => [.. lora.Sites.SelectMany(site => site.Parameters.Concat(site.StepState!.All)).Select(Expect.Bytes)];
    }

    [Fact]
    public void Loading_and_moving_are_no_steps()
    {
        using var lora = _model.AttachTrainedAdaLora();
        lora.Save(_folder.Path);
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters, lr: 1e-3));
        Backward();
        optimizer.step();
        lora.Load(_folder.Path);
        Backward();
        lora.Merge();
        lora.Unmerge();
        lora.IsActive = false;
        _model.forward(_input).Dispose();
        lora.IsActive = true;
        Backward();
        lora.To(ScalarType.Float64);
        lora.To(ScalarType.Float32);
        Backward();
    }

    [Fact]
    public void Layers_with_other_ranks_are_refused()
    {
        using var model = Make.Model(() => new TwoRanks());
        var error = Assert.Throws<ArgumentException>(() => model.AttachAdaLora());
        Assert.Equal("second: InitialRank is 4 here and 3 at first, and all layers of the adapter need the same.", error.Message);
    }

    [Theory, InlineData("Embedding"), InlineData("grouped Conv1d")]
    public void A_layer_that_it_can_not_adapt_is_named(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        Assert.Contains("adapt it by LoRA", Assert.Throws<ArgumentException>(() => model.AttachAdaLora()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[true]", "rank_pattern[\"layers.0.attn.q_proj.lora_E\"] is [true], expected true or false for each of 6 ranks.")]
    [InlineData("[1, 0, 0, 1, 1, 1]", "rank_pattern[\"layers.0.attn.q_proj.lora_E\"] is [1,0,0,1,1,1], expected true or false for each of 6 ranks.")]
    [InlineData("4", "rank_pattern[\"layers.0.attn.q_proj.lora_E\"] is 4, expected true or false for each of 6 ranks.")]
    public void A_damaged_pattern_is_named(string pattern, string fault)
    {
        using (var lora = _model.AttachTrainedAdaLora())
            lora.Save(_folder.Path);
        Edit("\"rank_pattern\": null", $"\"rank_pattern\": {{ \"layers.0.attn.q_proj.lora_E\": {pattern} }}");
        var error = Assert.Throws<InvalidDataException>(() => _model.AttachTrainedAdaLoraFrom(_folder.Path));
        Assert.EndsWith(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Contradictions_are_listed()
    {
        using (var lora = _model.AttachTrainedAdaLora())
            lora.Save(_folder.Path);
        Edit("\"lora_alpha\": 16", "\"lora_alpha\": 8");
        Edit("\"rank_pattern\": null", "\"rank_pattern\": { \"layers.7.lora_E\": [] }");
        var error = Assert.Throws<InvalidDataException>(() => _model.AttachTrainedAdaLoraFrom(_folder.Path));
        Assert.Contains("- lora_alpha is 8, but Alpha is 16 at layers.0.attn.q_proj and 3 more", error.Message, StringComparison.Ordinal);
        Assert.Contains("- rank_pattern has layers.7.lora_E, but no adapted layer is at that path", error.Message, StringComparison.Ordinal);
    }

    private void Edit(string before, string after)
    {
        var path = Path.Combine(_folder.Path, "trained", "adapter_config.json");
        var text = File.ReadAllText(path);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(before, after, StringComparison.Ordinal));
    }

    // The values after all steps; at one of them the adapter and the optimizer are saved.
    private byte[][] Run(Toy model, Func<ToyTrainedAdaLora> attach, byte[]? resumed, int steps, int stop, out byte[] state)
    {
        random.manual_seed(5);
        using var lora = attach();
        using var optimizer = lora.Optimizer(parameters => optim.AdamW(parameters, lr: 0.02, weight_decay: 0.01));
        if (resumed is not null)
            optimizer.load_state_dict(new BinaryReader(new MemoryStream(resumed)));
        state = [];
        for (var step = 1; step <= steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            (model.forward(_input).pow(2).mean() + lora.Penalty()!).backward();
            optimizer.step();
            if (step != stop)
                continue;

            lora.Save(_folder.Path);
            using var saved = new MemoryStream();
            optimizer.save_state_dict(new BinaryWriter(saved));
            state = saved.ToArray();
        }

        Assert.Equal(12, optimizer.Steps);
        return [.. lora.TrainedParameters().Select(Expect.Bytes)];
    }

    private void Backward()
    {
        using var scope = NewDisposeScope();
        _model.forward(_input).pow(2).mean().backward();
    }
}
