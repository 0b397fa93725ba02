using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Graphs;

/// <content>LayerNorm tuning.</content>
internal static partial class PeftGraph
{
    /// <summary>The forward of the trained copy in the place of the layer.</summary>
    /// <param name="x">The input: […, width].</param>
    /// <param name="weight">The copy's weight: [width].</param>
    /// <param name="bias">The copy's bias: [width].</param>
    /// <param name="epsilon">What is added to the variance.</param>
    public static Tensor LayerNorm(Tensor x, Tensor weight, Tensor bias, double epsilon) => functional.layer_norm(x, weight.shape, weight, bias, epsilon);
}
