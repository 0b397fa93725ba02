using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Graphs;

/// <content>IA³ on a Linear.</content>
internal static partial class PeftGraph
{
    /// <summary><c>result = base_layer(x) * s</c>, or <c>base_layer(x * s)</c> on a feed-forward layer, with <c>s = 1 * ia3_l.flatten()</c>.</summary>
    /// <param name="baseLayer">The frozen layer.</param>
    /// <param name="x">The input: […, in_features].</param>
    /// <param name="scale">[out_features, 1]; [1, in_features] on a feed-forward layer.</param>
    /// <param name="isFeedForward">Whether the input is scaled instead of the output.</param>
    public static Tensor Ia3(Module<Tensor, Tensor> baseLayer, Tensor x, Tensor scale, bool isFeedForward)
    {
        using var flat = scale.flatten();
        using var scaling = flat * 1;
        using var read = isFeedForward ? x * scaling : null;
        var result = baseLayer.forward(read ?? x);
        if (isFeedForward)
            return result;
        using (result)
            return result * scaling;
    }
}
