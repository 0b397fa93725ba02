using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Graphs;

/// <content>GLoRA on a Linear with a bias, with the default forms: A, B and C are low-rank, D and E constants.</content>
internal static partial class PeftGraph
{
    /// <summary>
    /// <c>result = base_layer(x); result = result + linear(x, weight + weight * A + B, bias + bias * D + E + (weight @ C).squeeze(-1)); result = result - 1 *
    /// base_layer(x)</c>, with <c>A = Xd @ Xu</c>.
    /// </summary>
    /// <param name="baseLayer">The frozen layer.</param>
    /// <param name="x">The input: […, in_features].</param>
    /// <param name="a">[out_features, rank] and [rank, in_features].</param>
    /// <param name="b">[out_features, rank] and [rank, in_features].</param>
    /// <param name="c">[in_features, rank] and [rank, 1].</param>
    /// <param name="d">[1].</param>
    /// <param name="e">[1].</param>
    public static Tensor Glora(
        Linear baseLayer, Tensor x, (Tensor Down, Tensor Up) a, (Tensor Down, Tensor Up) b, (Tensor Down, Tensor Up) c, Tensor d, Tensor e)
    {
        using var baseResult = baseLayer.forward(x);
        using var ofA = a.Down.matmul(a.Up);
        using var ofB = b.Down.matmul(b.Up);
        using var ofC = c.Down.matmul(c.Up);
        using var ofD = d[0];
        using var ofE = e[0];
        using var weight = GloraWeight(baseLayer.weight!, ofA, ofB);
        using var bias = GloraBias(baseLayer.weight!, baseLayer.bias!, ofC, ofD, ofE);
        using var adapted = functional.linear(x, weight, bias);
        using var result = baseResult + adapted;
        using var counted = baseResult * 1;
        return result - counted;
    }

    private static Tensor GloraWeight(Tensor weight, Tensor a, Tensor b)
    {
        using var sum = PlusProduct(weight, a);
        return sum + b;
    }

    private static Tensor GloraBias(Tensor weight, Tensor bias, Tensor c, Tensor d, Tensor e)
    {
        using var sum = PlusProduct(bias, d);
        using var moved = sum + e;
        using var product = weight.matmul(c);
        using var coupled = product.squeeze(-1);
        return moved + coupled;
    }
}
