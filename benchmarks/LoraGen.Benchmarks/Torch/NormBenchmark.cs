using LoraGen.Benchmarks.Graphs;
using LoraGen.Benchmarks.Measuring;
using LoraGen.Benchmarks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Torch;

/// <summary>LayerNorm tuning.</summary>
internal static class NormBenchmark
{
    private const double Epsilon = 1e-5;

    public static Comparison Comparison { get; } = new("methods-norms", $"LayerNorm tuning, {NormStack.Count} × {NormStack.Width}", NormStack.Count, () =>
    {
        var input = randn(4, 128, NormStack.Width, device: BenchmarkDevice.Device).requires_grad_();
        var (bare, adapted) = (Model(), Model());
        var adapter = adapted.AttachLayerNormTuning();
        var copies = Enumerable.Range(0, NormStack.Count)
            .Select(_ => (Weight: ones(NormStack.Width, device: BenchmarkDevice.Device).requires_grad_(), Bias: Bias()))
            .ToArray();
        return
        [
            new TrainedModel(() => bare.forward(input), [input]).Variant("bare"),
            new TrainedModel(() => adapted.forward(input), [input, .. adapter.Parameters()]).Variant("LoraGen"),
            new TrainedModel(
                () => copies.Aggregate(input, (x, copy) => PeftGraph.LayerNorm(x, copy.Weight, copy.Bias, Epsilon)),
                [input, .. copies.SelectMany(copy => new[] { copy.Weight, copy.Bias })]).Variant("PEFT's graph"),
        ];
    });

    private static Tensor Bias() => zeros(NormStack.Width, device: BenchmarkDevice.Device).requires_grad_();

    private static NormStack Model()
    {
        var model = new NormStack().to(BenchmarkDevice.Device);
        foreach (var parameter in model.parameters())
            parameter.requires_grad = false;
        return model;
    }
}
