using LoraGen.Benchmarks.Graphs;
using LoraGen.Benchmarks.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Torch;

/// <summary>PEFT's graphs with the options that <see cref="LinearStack"/> has in its attributes, and AdapterHub's of a bottleneck adapter.</summary>
internal static class LinearGraphs
{
    private static readonly Scalar Scaling = LinearStack.Alpha / LinearStack.Rank;
    private static readonly Scalar One = 1.0;

    /// <summary>Also that of PiSSA and OLoRA, which change the base weights when they start.</summary>
    public static LinearGraph Lora { get; } = new(
        layer => [A(layer), B(layer)], (layer, x, own) => PeftGraph.Lora(layer, x, own[0], own[1], Scaling));

    public static LinearGraph LoraWithBias { get; } = new(
        layer => [A(layer), B(layer), Zeros(layer.out_features)], (layer, x, own) => PeftGraph.Lora(layer, x, own[0], own[1], Scaling, biasB: own[2]));

    public static LinearGraph LoraFa { get; } = new(
        layer => [A(layer).requires_grad_(false), B(layer)], (layer, x, own) => PeftGraph.Lora(layer, x, own[0], own[1], Scaling));

    public static LinearGraph Dora { get; } = new(
        layer => [A(layer), B(layer), Ones(layer.out_features)], (layer, x, own) => PeftGraph.Dora(layer, x, own[0], own[1], own[2], Scaling));

    public static LinearGraph Ia3 { get; } = new(
        layer => [Ones(layer.out_features, 1)], (layer, x, own) => PeftGraph.Ia3(layer, x, own[0], isFeedForward: false));

    public static LinearGraph Oft { get; } = OftOf(terms: 5);

    public static LinearGraph ExactOft { get; } = OftOf(terms: 0);

    public static LinearGraph AdaLora { get; } = new(
        layer => [A(layer), B(layer), Zeros(LinearStack.Rank, 1), full(1, LinearStack.Rank, device: BenchmarkDevice.Device)],
        (layer, x, own) => PeftGraph.AdaLora(layer, x, own[0], own[1], own[2], own[3], LinearStack.Alpha));

    public static LinearGraph Glora { get; } = new(
        layer => [B(layer), A(layer), B(layer), A(layer), Zeros(layer.in_features, LinearStack.Rank), Kaiming(LinearStack.Rank, 1), Zeros(1), Zeros(1)],
        (layer, x, own) => PeftGraph.Glora(layer, x, (own[0], own[1]), (own[2], own[3]), (own[4], own[5]), own[6], own[7]));

    public static LinearGraph Velora { get; } = new(
        layer => [A(layer), B(layer), functional.normalize(Ones(layer.in_features / LinearStack.Groups).detach(), dim: 0)],
        (layer, x, own) => PeftGraph.Velora(layer, x, own[0], own[1], own[2], 1, Scaling));

    /// <summary>A and B have the layer's sizes, where LoraGen's are those of the largest layer.</summary>
    public static LinearGraph Vera { get; } = new(
        layer =>
        [
            Zeros(layer.out_features), full(LinearStack.VeraRank, 0.1, device: BenchmarkDevice.Device).requires_grad_(),
            Kaiming(LinearStack.VeraRank, layer.in_features).requires_grad_(false), Kaiming(layer.out_features, LinearStack.VeraRank).requires_grad_(false),
        ],
        (layer, x, own) => PeftGraph.Vera(layer, x, own[0], own[1], own[2], own[3]));

    public static LinearGraph Bottleneck { get; } = new(
        layer =>
        [
            Kaiming(layer.out_features / LinearStack.ReductionFactor, layer.out_features), Zeros(layer.out_features / LinearStack.ReductionFactor),
            Zeros(layer.out_features, layer.out_features / LinearStack.ReductionFactor), Zeros(layer.out_features),
        ],
        (layer, x, own) => AdapterHubGraph.Bottleneck(layer, x, own[0], own[1], own[2], own[3], One));

    private static LinearGraph OftOf(int terms)
    {
        const long size = LinearStack.BlockSize;
        return new(
            layer => [Zeros(layer.in_features / size, size * (size - 1) / 2), triu_indices(size, size, 1, device: BenchmarkDevice.Device)],
            (layer, x, own) => PeftGraph.Oft(layer, x, own[0], own[1], terms));
    }

    private static Tensor A(TorchSharp.Modules.Linear layer) => Kaiming(LinearStack.Rank, layer.in_features);

    private static Tensor B(TorchSharp.Modules.Linear layer) => Zeros(layer.out_features, LinearStack.Rank);

    private static Tensor Kaiming(params long[] shape) => init.kaiming_uniform_(empty(shape, device: BenchmarkDevice.Device), Math.Sqrt(5)).requires_grad_();

    private static Tensor Zeros(params long[] shape) => zeros(shape, device: BenchmarkDevice.Device).requires_grad_();

    private static Tensor Ones(params long[] shape) => ones(shape, device: BenchmarkDevice.Device).requires_grad_();
}
