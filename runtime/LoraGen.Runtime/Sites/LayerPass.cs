using static TorchSharp.torch;

namespace LoraGen.Sites;

/// <summary>A running call of a layer, between its input and its output.</summary>
/// <param name="Sites">The sites that act on the call, in the order of attaching.</param>
/// <param name="Inputs">The input of the layer, then that of each site; null if all are the same.</param>
/// <param name="Read">What the layer reads if its weight is quantised, while its own forward gets an input without rows; otherwise null.</param>
internal readonly record struct LayerPass(Site[] Sites, Tensor[]? Inputs, Tensor? Read = null)
{
    public static readonly LayerPass None = new([], null);
}
