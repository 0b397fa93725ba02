using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The tensors that a layer computes with.</summary>
/// <param name="Weight">Its weight.</param>
/// <param name="Bias">Its bias; null where it has none.</param>
public readonly record struct LayerWeights(Tensor Weight, Tensor? Bias);
