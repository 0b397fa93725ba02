using LoraGen.Runtime.Tests.Memory;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>Bottleneck adapters against the papers' formulas, written out in float64.</summary>
public sealed class BottleneckTests
{
    [Fact]
    public void After_both_parts_it_is_Houlsbys()
    {
        using var model = Make.Model(() => new Branched(), dtype: ScalarType.Float64);
        using var adapter = Shaken(model.AttachBottleneck());
        Assert.Equal(["blocks.0.mix", "blocks.0.mlp", "blocks.1.mix", "blocks.1.mlp"], adapter.Sites.Select(site => site.Path));
        Assert.Equal([2, 8], adapter.Blocks[1].Mlp.Down.shape);

        Check(model, adapter, (site, _, output) => output + Branch(site, output, x => x.clamp_min(0)));
    }

    [Fact]
    public void After_the_feed_forward_part_it_is_Pfeiffers()
    {
        using var model = Make.Model(() => new Branched(), dtype: ScalarType.Float64);
        using var adapter = Shaken(model.AttachPfeifferBottleneck());
        Assert.Equal(["blocks.0.mlp", "blocks.1.mlp"], adapter.Sites.Select(site => site.Path));

        Check(model, adapter, (site, _, output) => output + Branch(site, output, x => x * (1 + (x / Math.Sqrt(2)).erf()) / 2));
    }

    [Fact]
    public void Parallel_it_reads_the_input_and_is_scaled()
    {
        using var model = Make.Model(() => new Branched(), dtype: ScalarType.Float64);
        using var adapter = Shaken(model.AttachParallelBottleneck());

        Check(model, adapter, (site, input, output) => output + (4 * Branch(site, input, x => x / (1 + (-x).exp()))));
    }

    [Fact]
    public void Layers_and_norms_are_modules_too()
    {
        using var model = Make.Model(() => new Branched(), dtype: ScalarType.Float64);
        using var adapter = Shaken(model.AttachLayersBottleneck());
        Assert.Equal(
            ["embed", "blocks.0.mlp.up", "blocks.1.mlp.up", "odd.up", "norm"], adapter.Sites.Select(site => site.Path));
        Assert.Equal([8, 16], adapter.Odd.Up.Down.shape);

        Check(model, adapter, (site, _, output) => output + Branch(site, output, x => (x.exp() - (-x).exp()) / (x.exp() + (-x).exp())));
    }

    [Fact]
    public void A_new_adapter_changes_no_bit_and_detaching_restores_the_model()
    {
        using var model = Make.Model(() => new Branched());
        var before = ModelState.Of(model);
        var output = model.forward(Branched.Ids);
        using var adapter = model.AttachBottleneck();
        Expect.SameBits(output, model.forward(Branched.Ids));

        Train(model, adapter, 3);
        Expect.Differ(output, model.forward(Branched.Ids));
        adapter.IsActive = false;
        Expect.SameBits(output, model.forward(Branched.Ids));
        adapter.IsActive = true;
        adapter.Detach();
        Expect.SameBits(output, model.forward(Branched.Ids));
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void Every_parameter_trains_and_a_batch_is_learned()
    {
        using var model = Make.Model(() => new Branched());
        using var adapter = model.AttachBottleneck();
        var start = adapter.TrainedParameters().Select(parameter => parameter.detach().clone()).ToArray();
        var first = Loss(model).item<float>();

        Train(model, adapter, 300);

        Assert.All(adapter.TrainedParameters().Zip(start), pair => Expect.Differ(pair.First, pair.Second));
        Assert.True(Loss(model).item<float>() < 0.8 * first, $"The loss was {first} and is {Loss(model).item<float>()}.");
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Dropout_acts_in_training_only()
    {
        using var model = Make.Model(() => new Branched());
        using var adapter = Shaken(model.AttachDroppedBottleneck());
        using var scope = no_grad();
        Expect.Differ(model.forward(Branched.Ids), model.forward(Branched.Ids));
        model.eval();
        Expect.SameBits(model.forward(Branched.Ids), model.forward(Branched.Ids));
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void On_a_half_precision_model_it_trains_in_float32(ScalarType type)
    {
        using var model = Make.Model(() => new Branched(), dtype: type);
        using var adapter = Shaken(model.AttachBottleneck());
        Assert.All(adapter.TrainedParameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        using var exact = Make.Model(() => new Branched(), dtype: type);
        exact.to(ScalarType.Float32);
        using var reference = Shaken(exact.AttachBottleneck());

        var output = model.forward(Branched.Ids);
        Assert.Equal(type, output.dtype);
        Expect.Close(exact.forward(Branched.Ids), output.to(ScalarType.Float32), 0.1);
        output.to(ScalarType.Float32).pow(2).mean().backward();
        Assert.All(adapter.TrainedParameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void Saved_and_loaded_it_computes_the_same_and_is_counted_before()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new Branched());
        Tensor active;
        using (var adapter = Shaken(model.AttachBottleneck()))
        {
            active = model.forward(Branched.Ids).detach();
            adapter.Save(folder.Path);
            Assert.Equal(4 * ((2 * 8 * 2) + 2 + 8), adapter.ParameterCount.Trainable);
            Assert.Equal(BranchedBottleneck.Count(), adapter.ParameterCount);
        }

        using (model.AttachBottleneckFrom(folder.Path))
            Expect.SameBits(active, model.forward(Branched.Ids));
        using (model.AttachBottleneckForInference(folder.Path))
            Expect.SameBits(active, model.forward(Branched.Ids));
        Assert.Contains(
            "ReductionFactor = 4",
            Assert.Throws<InvalidDataException>(() => model.AttachPfeifferBottleneckFrom(folder.Path, "default")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_LoRA_each_acts_on_what_the_other_gives()
    {
        using var model = Make.Model(() => new Branched());
        var before = ModelState.Of(model);
        using var lora = Make.Trained(model.AttachLora("beside"));
        using var adapter = Shaken(model.AttachBottleneck());
        var both = model.forward(Branched.Ids).detach();
        lora.Merge();
        Expect.Close(both, model.forward(Branched.Ids), 2e-5);
        lora.Unmerge();
        Expect.Close(both, model.forward(Branched.Ids), 2e-6);
        adapter.Detach();
        lora.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Fact]
    public void A_thousand_steps_leave_nothing_behind()
    {
        using var model = Make.Model(() => new Branched());
        using var adapter = model.AttachBottleneck();
        using var optimizer = optim.AdamW(adapter.TrainedParameters());
        Assert.Equal(0, LiveTensors.LeftBy(
            () =>
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                Loss(model).backward();
                optimizer.step();
            },
            times: 200));
    }

    [Fact]
    public void Indices_select_blocks()
    {
        using var model = new Branched();
        using var adapter = model.AttachLastBottleneck();
        Assert.Equal(["blocks.1.mlp"], adapter.Sites.Select(site => site.Path));
    }

    [Fact]
    public void The_width_is_that_of_the_named_layer()
    {
        using var model = Make.Model(() => new Branched());
        using (var wrong = model.AttachWrongWidthBottleneck())
        {
            Assert.Contains(
                "odd: the output of the OddMlp has the shape [2, 4, 8], but the adapter has the width 16",
                Assert.Throws<InvalidOperationException>(() => model.forward(Branched.Ids)).Message,
                StringComparison.Ordinal);
        }

        using var adapter = Shaken(model.AttachWidthBottleneck());
        Assert.Equal([4, 8], adapter.Odd.Down.shape);
        model.forward(Branched.Ids);
    }

    [Theory]
    [InlineData("uneven", "ReductionFactor is 3, which does not divide the width 8 of the SmallMlp")]
    [InlineData("nowhere", "bottleneck needs After")]
    [InlineData("several", "pair: a bottleneck adapter acts on a Module<Tensor, Tensor>, but the forward of the Pair has other inputs or results")]
    [InlineData("a list", "blocks: After names a ModuleList, which is not called itself")]
    [InlineData("no layer", "activation: the width of the ReLU is not known")]
    public void What_cannot_be_adapted_is_refused(string name, string expected)
    {
        using var model = new Branched();
        var before = ModelState.Of(model);
        var thrown = Assert.ThrowsAny<Exception>(() => name switch
        {
            "uneven" => (AdapterBase)model.AttachUnevenBottleneck(),
            "nowhere" => model.AttachNowhereBottleneck(),
            "several" => model.AttachSeveralBottleneck(),
            "a list" => model.AttachAListBottleneck(),
            _ => model.AttachNoLayerBottleneck(),
        });
        Assert.Contains(expected, thrown.Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(model));
    }

    // U·σ(D·x + d) + u
    private static Tensor Branch(BottleneckSite site, Tensor x, Func<Tensor, Tensor> activate)
    {
        return activate(x.matmul(site.Down.t()) + site.DownBias).matmul(site.Up.t()) + site.UpBias;
    }

    // The model with hooks of its own in place of the adapter: what each module gives, and each gradient.
    private static void Check(Branched model, AdapterBase<Branched> adapter, Func<BottleneckSite, Tensor, Tensor, Tensor> formula)
    {
        var active = model.forward(Branched.Ids);
        active.pow(2).mean().backward();
        var gradients = adapter.TrainedParameters().Select(parameter => parameter.grad!.clone()).ToArray();
        foreach (var parameter in adapter.TrainedParameters())
            parameter.grad = null;

        adapter.IsActive = false;
        var sites = adapter.Sites.Cast<BottleneckSite>().ToDictionary(site => site.Path);
        var expected = BranchedReference.Run(
            model, Branched.Ids, (path, input, output) => sites.TryGetValue(path, out var site) ? formula(site, input, output) : output);
        Expect.Close(expected, active, 1e-12);
        expected.pow(2).mean().backward();
        Assert.All(adapter.TrainedParameters().Zip(gradients), pair => Expect.CloseInShare(pair.First.grad!, pair.Second, 1e-9));
    }

    private static Tensor Loss(Branched model) =>
        functional.cross_entropy(model.forward(Branched.Ids).view(-1, Branched.Vocabulary), Branched.Ids.roll(1, 1).view(-1));

    private static void Train(Branched model, AdapterBase<Branched> adapter, int steps)
    {
        using var optimizer = optim.Adam(adapter.TrainedParameters(), lr: 0.02);
        for (var i = 0; i < steps; i++)
        {
            optimizer.zero_grad();
            Loss(model).backward();
            optimizer.step();
        }
    }

    private static T Shaken<T>(T adapter)
        where T : AdapterBase
    {
        using var noGrad = no_grad();
        var seed = 3;
        foreach (var parameter in adapter.TrainedParameters())
            parameter.copy_(Make.Normal(seed++, parameter.shape).mul(0.3));
        return adapter;
    }
}

/// <summary>The forward of <see cref="Branched"/>, written a second time over its state_dict, with a function that changes what each module gives.</summary>
internal static class BranchedReference
{
    public static Tensor Run(Branched model, Tensor ids, Func<string, Tensor, Tensor, Tensor> after)
    {
        var state = model.state_dict();
        var x = after("embed", ids, state["embed.weight"].index_select(0, ids.view(-1)).view(2, 4, -1));
        for (var i = 0; i < 2; i++)
        {
            x += after($"blocks.{i}.mix", x, Apply($"blocks.{i}.mix", x));
            x += after($"blocks.{i}.mlp", x, Mlp($"blocks.{i}.mlp", x));
        }

        var up = after("odd.up", x, Apply("odd.up", x));
        var odd = after("odd", x, Apply("odd.down", up.tanh()));
        x = Apply("pair.join", x + odd);
        var mean = x.mean([-1], keepdim: true);
        var variance = (x - mean).pow(2).mean([-1], keepdim: true);
        var normed = ((x - mean) / (variance + 1e-5).sqrt() * state["norm.weight"]) + state["norm.bias"];
        return Apply("head", after("norm", x, normed));

        Tensor Apply(string layer, Tensor input) => input.matmul(state[layer + ".weight"].t()) + state[layer + ".bias"];

        Tensor Mlp(string path, Tensor input) => Apply($"{path}.down", after($"{path}.up", input, Apply($"{path}.up", input)).clamp_min(0));
    }
}
