using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Graphs;

/// <content>DoRA on a Linear, without dropout.</content>
internal static partial class PeftGraph
{
    /// <summary>
    /// <c>result = result + (m - 1) * (result - bias) + m * lora_B(lora_A(x)) * scaling</c> with <c>m = magnitude / norm(weight + scaling * lora_weight)</c>,
    /// whose <c>lora_weight</c> is <c>lora_B(lora_A(eye)).T</c>.
    /// </summary>
    /// <param name="baseLayer">The frozen layer.</param>
    /// <param name="x">The input: […, in_features].</param>
    /// <param name="a">[rank, in_features].</param>
    /// <param name="b">[out_features, rank].</param>
    /// <param name="magnitude">[out_features].</param>
    /// <param name="scaling">alpha / rank.</param>
    public static Tensor Dora(Linear baseLayer, Tensor x, Tensor a, Tensor b, Tensor magnitude, Scalar scaling)
    {
        using var result = baseLayer.forward(x);
        using var update = DoraUpdate(baseLayer, result, x, a, b, magnitude, scaling);
        return result + update;
    }

    private static Tensor DoraUpdate(Linear baseLayer, Tensor result, Tensor x, Tensor a, Tensor b, Tensor magnitude, Scalar scaling)
    {
        using var loraWeight = DoraWeight(a, b);
        using var norm = DoraNorm(baseLayer.weight!, loraWeight, scaling);
        using var ratio = magnitude / norm;
        using var factor = ratio.view(1, -1);
        using var hidden = functional.linear(x, a);
        using var product = functional.linear(hidden, b);
        using var withoutBias = baseLayer.bias is { } bias ? result - bias : null;
        using var less = factor - 1;
        using var ofBase = less * (withoutBias ?? result);
        using var ofProduct = DoraScaled(factor, product, scaling);
        return ofBase + ofProduct;
    }

    private static Tensor DoraScaled(Tensor factor, Tensor product, Scalar scaling)
    {
        using var times = factor * product;
        return times * scaling;
    }

    private static Tensor DoraWeight(Tensor a, Tensor b)
    {
        using var identity = eye(a.shape[1], dtype: a.dtype, device: a.device);
        using var hidden = functional.linear(identity, a);
        using var transposed = functional.linear(hidden, b);
        return transposed.t();
    }

    private static Tensor DoraNorm(Tensor weight, Tensor loraWeight, Scalar scaling)
    {
        using var detached = loraWeight.detach();
        using var changed = DoraChanged(weight, detached, scaling);
        using var norm = linalg.vector_norm(changed, 2, [1]);
        return norm.detach();
    }

    private static Tensor DoraChanged(Tensor weight, Tensor loraWeight, Scalar scaling)
    {
        using var scaled = loraWeight * scaling;
        return weight + scaled;
    }
}
