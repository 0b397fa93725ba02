using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Graphs;

/// <content>AdaLoRA on a Linear, without dropout.</content>
internal static partial class PeftGraph
{
    private const double SmallestRank = 1e-5;

    /// <summary><c>result += (x @ (lora_A * lora_E).T @ lora_B.T) * scaling / (ranknum + 1e-5)</c>, in place.</summary>
    /// <param name="baseLayer">The frozen layer.</param>
    /// <param name="x">The input: […, in_features].</param>
    /// <param name="a">[rank, in_features].</param>
    /// <param name="b">[out_features, rank].</param>
    /// <param name="e">[rank, 1].</param>
    /// <param name="rankNumber">The rank as a tensor: [1].</param>
    /// <param name="alpha">alpha.</param>
    public static Tensor AdaLora(Module<Tensor, Tensor> baseLayer, Tensor x, Tensor a, Tensor b, Tensor e, Tensor rankNumber, Scalar alpha)
    {
        var result = baseLayer.forward(x);
        using var rank = rankNumber + SmallestRank;
        using var scaled = AdaLoraProduct(x, a, b, e, alpha);
        using var update = scaled / rank;
        return result.add_(update);
    }

    private static Tensor AdaLoraProduct(Tensor x, Tensor a, Tensor b, Tensor e, Scalar alpha)
    {
        using var weighted = a * e;
        using var down = weighted.t();
        using var hidden = x.matmul(down);
        using var up = b.t();
        using var product = hidden.matmul(up);
        return product * alpha;
    }
}
