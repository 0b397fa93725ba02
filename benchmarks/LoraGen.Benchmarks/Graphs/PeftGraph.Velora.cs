using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Graphs;

/// <content>VeLoRA on a Linear in training, without dropout, with a projection that is known from an earlier batch.</content>
internal static partial class PeftGraph
{
    /// <summary><c>result = result + lora_B(VeloraFunction(x, lora_A.weight)) * scaling</c>.</summary>
    /// <param name="baseLayer">The frozen layer.</param>
    /// <param name="x">The input: […, in_features].</param>
    /// <param name="a">[rank, in_features].</param>
    /// <param name="b">[out_features, rank].</param>
    /// <param name="projection">The vector of length 1: [in_features / groups].</param>
    /// <param name="gradientScale">The factor of the reconstructed input.</param>
    /// <param name="scaling">alpha / rank.</param>
    public static Tensor Velora(Module<Tensor, Tensor> baseLayer, Tensor x, Tensor a, Tensor b, Tensor projection, double gradientScale, Scalar scaling)
    {
        using var result = baseLayer.forward(x);
        using var hidden = Hidden(x, a, projection, gradientScale);
        using var update = Up(hidden, b, scaling);
        return result + update;
    }

    // TorchSharp creates tensors for the node in addition to its result.
    private static Tensor Hidden(Tensor x, Tensor a, Tensor projection, double gradientScale)
    {
        using var scope = NewDisposeScope();
        var compressed = PeftVeloraFunction.Compressed(x, projection);
        return PeftVeloraFunction.apply(x, a, compressed, projection, gradientScale).MoveToOuterDisposeScope();
    }
}
