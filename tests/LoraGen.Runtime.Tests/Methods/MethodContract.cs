using LoraGen.Runtime.Tests.Memory;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Methods;

/// <summary>The contract of a method that adapts every kind of layer.</summary>
/// <typeparam name="TMethod">The method.</typeparam>
public abstract class MethodContract<TMethod> : MethodContract<TMethod, EveryKind>
    where TMethod : MergeableMethod;

/// <summary>
/// What every method that can be merged keeps on the kinds of layers that it adapts. A method's tests are a class that says how it is attached.
/// </summary>
/// <typeparam name="TMethod">The method.</typeparam>
/// <typeparam name="TKinds">The kinds.</typeparam>
public abstract class MethodContract<TMethod, TKinds>
    where TMethod : MergeableMethod
    where TKinds : IKinds
{
    private const int Steps = 300;
    private const double LearningRate = 0.03;

    public static TheoryData<string> Kinds => [.. TKinds.Names];

    internal abstract Adapter<OneLayer> Attach(OneLayer model);

    internal abstract Adapter<OneLayer> AttachFrom(OneLayer model, string folder);

    internal abstract InferenceAdapter<OneLayer> AttachForInference(OneLayer model, string folder);

    internal abstract ParameterCount Count(string kind);

    /// <summary>The share of the first loss below which 300 steps bring it.</summary>
    internal virtual double LearnedShare => 0.1;

    /// <summary>What the model gives, as a function of the parameters by which the gradient is meant: what the method takes as a constant is one.</summary>
    internal virtual Func<Tensor> Differentiable(OneLayer model, AdapterBase adapter, Tensor input) => () => model.forward(input);

    [Theory, MemberData(nameof(Kinds))]
    public void A_new_adapter_changes_nothing(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var input = OneLayer.Input(kind);
        var before = model.forward(input);
        using var adapter = Attach(model);

        Assert.IsType<TMethod>(Assert.Single(adapter.Sites).Method);
        Expect.Close(before, model.forward(input), 2e-6);
        using (no_grad())
            Expect.Close(before, model.forward(input), 2e-6);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Each_parameter_trains_within_two_steps(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var input = OneLayer.Input(kind);
        using var adapter = Attach(model);
        var trained = adapter.TrainedParameters();
        var start = trained.Select(parameter => parameter.detach().clone()).ToArray();
        var first = model.forward(input).detach();

        Train(model, adapter, input, first + 1, steps: 2);

        Assert.All(trained.Zip(start), pair => Expect.Differ(pair.First, pair.Second));
        Expect.Differ(first, model.forward(input));
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Merged_is_what_is_active(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var input = OneLayer.Input(kind);
        var before = ModelState.Of(model);
        using var adapter = Shaken(Attach(model));
        var active = model.forward(input).detach();

        adapter.Merge();
        Expect.Close(active, model.forward(input), 2e-5);
        adapter.Unmerge();
        Expect.Close(active, model.forward(input), 1e-7);
        using (no_grad())
            Expect.Close(active, model.forward(input), 2e-6);

        adapter.Merge();
        adapter.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Merged_for_good_it_is_the_model(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var input = OneLayer.Input(kind);
        var adapter = Shaken(Attach(model));
        var active = model.forward(input).detach();

        Assert.Same(model, adapter.MergeAndUnload());
        Expect.Close(active, model.forward(input), 2e-5);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Gradients_are_the_derivatives(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind), dtype: ScalarType.Float64);
        var input = Wide(OneLayer.Input(kind));
        using var adapter = Shaken(Attach(model));
        Assert.All(adapter.TrainedParameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        var output = Differentiable(model, adapter, input);
        Expect.Close(model.forward(input), output(), 1e-12);

        model.forward(input).pow(2).mean().backward();

        foreach (var parameter in adapter.TrainedParameters())
            Expect.CloseInShare(FiniteDifference.Of(parameter, () => output().pow(2).mean()), parameter.grad!, 1e-6);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Counted_without_weights_it_is_what_trains(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var ofBase = model.parameters().Sum(parameter => parameter.numel());
        using var adapter = Attach(model);
        var trained = adapter.TrainedParameters().Sum(parameter => parameter.numel());

        Assert.Equal(trained, adapter.ParameterCount.Trainable);
        Assert.Equal(adapter.Sites.Single().Parameters.Sum(parameter => parameter.numel()), adapter.ParameterCount.Sites.Single().Trainable);
        Assert.True(ofBase + trained <= adapter.ParameterCount.Total);
        Assert.Equal(adapter.ParameterCount, Count(kind));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Saved_and_loaded_it_computes_the_same(string kind)
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new OneLayer(kind));
        var input = OneLayer.Input(kind);
        Tensor active;
        using (var adapter = Shaken(Attach(model)))
        {
            active = model.forward(input).detach();
            adapter.Save(folder.Path);
        }

        using (AttachFrom(model, folder.Path))
            Expect.SameBits(active, model.forward(input));
        using var loaded = AttachForInference(model, folder.Path);
        var output = model.forward(input);
        Expect.SameBits(active, output);
        Assert.False(output.requires_grad);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void On_a_half_precision_model_it_trains_in_float32(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind), dtype: ScalarType.BFloat16);
        using var exact = Make.Model(() => new OneLayer(kind), dtype: ScalarType.BFloat16);
        exact.to(ScalarType.Float32);
        var input = OneLayer.Input(kind);
        var narrow = is_floating_point(input) ? input.to(ScalarType.BFloat16) : input;
        var before = ModelState.Of(model);
        using var adapter = Shaken(Attach(model));
        using var reference = Attach(exact);
        Copy(adapter, reference);
        var expected = exact.forward(is_floating_point(input) ? narrow.to(ScalarType.Float32) : input).detach();
        var tolerance = 0.03 * expected.abs().max().item<float>();

        var output = model.forward(narrow);
        Assert.Equal(ScalarType.BFloat16, output.dtype);
        Expect.Close(expected, output, tolerance);
        output.to(ScalarType.Float32).pow(2).mean().backward();
        Assert.All(adapter.TrainedParameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.grad!.dtype));

        adapter.Merge();
        Expect.Close(expected, model.forward(narrow), tolerance);
        adapter.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_thousand_steps_leave_nothing_behind(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        using var input = OneLayer.Input(kind);
        using var adapter = Attach(model);
        using var optimizer = Make.Optimizer(adapter, parameters => optim.AdamW(parameters));

        Assert.Equal(0, LiveTensors.LeftBy(
            () =>
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                model.forward(input).pow(2).mean().backward();
                optimizer.step();
            },
            times: 1000));
        Assert.Equal(0, LiveTensors.LeftBy(() => model.forward(input).Dispose(), times: 100));
        using var noGrad = no_grad();
        Assert.Equal(0, LiveTensors.LeftBy(() => model.forward(input).Dispose(), times: 100));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void It_learns_a_batch(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var input = OneLayer.Input(kind);
        Tensor target;
        random.manual_seed(5);
        using (Shaken(Attach(model)))
            target = model.forward(input).detach();
        random.manual_seed(5);
        using var adapter = Attach(model);
        var first = Loss(model, input, target).item<float>();

        Train(model, adapter, input, target, Steps);

        Assert.True(Loss(model, input, target).item<float>() < LearnedShare * first, $"300 steps should bring the loss below {LearnedShare} of the first.");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Moved_to_another_type_it_computes_the_same(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind), dtype: ScalarType.Float64);
        var input = Wide(OneLayer.Input(kind));
        using var adapter = Shaken(Attach(model));
        var active = model.forward(input).detach();

        adapter.To(ScalarType.Float32);
        Assert.All(adapter.TrainedParameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        Expect.Close(active, model.forward(input), 1e-4);
    }

    /// <summary>The adapter with other numbers than at the start, near them: a norm must not come near zero.</summary>
    internal static TAdapter Shaken<TAdapter>(TAdapter adapter, int seed = 11)
        where TAdapter : AdapterBase
    {
        using var noGrad = no_grad();
        foreach (var parameter in adapter.TrainedParameters())
            parameter.add_(Make.Normal(seed++, parameter.shape).to(parameter.dtype).mul(0.2));
        return adapter;
    }

    private static void Copy(AdapterBase from, AdapterBase to)
    {
        using var noGrad = no_grad();
        foreach (var (source, target) in All(from).Zip(All(to)))
            target.copy_(source);

        // What does not train may be random too.
        static IEnumerable<Tensor> All(AdapterBase adapter) => adapter.Sites.SelectMany(site => site.Own.All).Concat(adapter.TrainedParameters());
    }

    private static Tensor Wide(Tensor input) => is_floating_point(input) ? input.to(ScalarType.Float64) : input;

    private static Tensor Loss(OneLayer model, Tensor input, Tensor target) => nn.functional.mse_loss(model.forward(input), target);

    private static void Train(OneLayer model, AdapterBase adapter, Tensor input, Tensor target, int steps)
    {
        using var optimizer = Make.Optimizer(adapter, parameters => optim.Adam(parameters, LearningRate));
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            Loss(model, input, target).backward();
            optimizer.step();
        }
    }
}
