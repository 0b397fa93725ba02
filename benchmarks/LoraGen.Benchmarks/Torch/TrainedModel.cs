using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Torch;

/// <summary>A model with what is trained in it.</summary>
/// <param name="Forward">The model's forward.</param>
/// <param name="Trained">The tensors that get a gradient.</param>
internal sealed record TrainedModel(Func<Tensor> Forward, IReadOnlyList<Tensor> Trained)
{
    /// <summary>A frozen stack without adapters.</summary>
    public static TrainedModel Bare(long[] widths, Tensor input) => ByHand(widths, input, _ => []);

    /// <summary>A stack with some of its own parameters trained, by <c>requires_grad</c>.</summary>
    public static TrainedModel ByHand(long[] widths, Tensor input, Func<LinearStack, IEnumerable<Tensor>> trained)
    {
        var stack = Stack(widths);
        foreach (var parameter in stack.parameters())
            parameter.requires_grad = false;
        Tensor[] chosen = [.. trained(stack)];
        foreach (var parameter in chosen)
            parameter.requires_grad = true;
        return new(() => stack.forward(input), [input, .. chosen]);
    }

    /// <summary>A stack with LoraGen's adapter.</summary>
    public static TrainedModel Adapted(long[] widths, Tensor input, Func<LinearStack, IEnumerable<Tensor>> attach)
    {
        var stack = Stack(widths);
        Tensor[] trained = [.. attach(stack)];
        return new(() => stack.forward(input), [input, .. trained]);
    }

    /// <summary>A frozen stack with a graph in the place of each layer.</summary>
    public static TrainedModel Graph(long[] widths, Tensor input, LinearGraph graph)
    {
        var stack = Stack(widths);
        foreach (var parameter in stack.parameters())
            parameter.requires_grad = false;
        var layers = stack.Layers.Select(layer => (Layer: layer, Own: graph.Create(layer))).ToArray();
        return new(() => layers.Aggregate(input, (x, each) => graph.Forward(each.Layer, x, each.Own)), [input, .. layers.SelectMany(each => each.Own)]);
    }

    /// <summary>Forward and backward.</summary>
    public Variant Variant(string name)
    {
        using var noGrad = no_grad();
        using var output = Forward();
        var gradient = randn_like(output);
        return new(name, () => Run(gradient), Before: ForgetGradients);
    }

    private void Run(Tensor outputGradient)
    {
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        Forward().backward([outputGradient]);
        BenchmarkDevice.Finish();
    }

    private void ForgetGradients()
    {
        foreach (var tensor in Trained)
            tensor.grad = null;
    }

    private static LinearStack Stack(long[] widths)
    {
        random.manual_seed(1);
        return new LinearStack(widths).to(BenchmarkDevice.Device);
    }
}
