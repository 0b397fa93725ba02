using static TorchSharp.torch;

namespace LoraGen;

/// <summary>A running call of a layer, between its input and its output.</summary>
/// <param name="Sites">What acts on it, in the order of attaching.</param>
/// <param name="Inputs">What the layer reads and, from the second on, each site; null where it is all the same.</param>
internal readonly record struct LayerPass(Site[] Sites, Tensor[]? Inputs)
{
    public static readonly LayerPass None = new([], null);
}
