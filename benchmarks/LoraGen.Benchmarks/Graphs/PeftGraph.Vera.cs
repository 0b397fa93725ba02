using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Graphs;

/// <content>VeRA on a Linear.</content>
internal static partial class PeftGraph
{
    /// <summary>
    /// <c>result = base_layer(x)</c>; <c>result = result + lambda_b * linear(lambda_d * linear(dropout(x), vera_A[:, :in_features]), vera_B[:out_features,
    /// :])</c>. A dropout of 0 is no operator.
    /// </summary>
    /// <param name="baseLayer">The frozen layer.</param>
    /// <param name="x">The input: […, in_features].</param>
    /// <param name="lambdaB">[out_features].</param>
    /// <param name="lambdaD">[rank].</param>
    /// <param name="a">[rank, at least in_features].</param>
    /// <param name="b">[at least out_features, rank].</param>
    public static Tensor Vera(Linear baseLayer, Tensor x, Tensor lambdaB, Tensor lambdaD, Tensor a, Tensor b)
    {
        using var result = baseLayer.forward(x);
        using var slicedA = a.narrow(1, 0, baseLayer.in_features);
        using var slicedB = b.narrow(0, 0, baseLayer.out_features);
        using var hidden = VeraHidden(x, lambdaD, slicedA);
        using var up = functional.linear(hidden, slicedB);
        using var update = lambdaB * up;
        return result + update;
    }

    private static Tensor VeraHidden(Tensor x, Tensor lambdaD, Tensor a)
    {
        using var down = functional.linear(x, a);
        return lambdaD * down;
    }
}
