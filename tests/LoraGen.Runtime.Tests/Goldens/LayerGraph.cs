using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>A graph of one adapted layer.</summary>
/// <param name="layer">The base layer.</param>
/// <param name="input">The input.</param>
/// <param name="own">The layer's tensors in PEFT's file, by the ends of their keys.</param>
internal delegate Tensor LayerGraph(nn.Module layer, Tensor input, IReadOnlyDictionary<string, Tensor> own);
