using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The weight and bias of a layer.</summary>
/// <param name="Weight">The weight.</param>
/// <param name="Bias">The bias; null if the layer has none.</param>
public readonly record struct LayerWeights(Tensor Weight, Tensor? Bias);
