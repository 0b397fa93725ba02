using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Benchmarks.Torch;

/// <summary>An adapter of a Linear that is written by hand.</summary>
/// <param name="Create">Makes the adapter's tensors for a layer.</param>
/// <param name="Forward">Computes the layer's output with the input and the tensors.</param>
internal sealed record LinearGraph(Func<Linear, Tensor[]> Create, Func<Linear, Tensor, Tensor[], Tensor> Forward);
