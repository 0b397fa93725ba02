using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Graphs;

/// <summary>
/// The forward of Hugging Face's PEFT, operator for operator, each with a tensor of its own that is released where Python's reference count releases it.
/// The runtime's tests hold it against what PEFT computed.
/// </summary>
internal static partial class PeftGraph
{
    /// <summary>
    /// <c>result = base_layer(x)</c>; <c>x</c> cast to <c>lora_A.weight.dtype</c>; <c>result = result + lora_B(lora_A(dropout(x))) * scaling</c>;
    /// <c>result</c> cast back. A dropout of 0 is no operator.
    /// </summary>
    /// <param name="baseLayer">The frozen layer.</param>
    /// <param name="x">The input: […, in_features].</param>
    /// <param name="a">[rank, in_features].</param>
    /// <param name="b">[out_features, rank].</param>
    /// <param name="scaling">alpha / rank.</param>
    /// <param name="biasB">The bias of <c>lora_B</c>: [out_features]; null for none.</param>
    public static Tensor Lora(Module<Tensor, Tensor> baseLayer, Tensor x, Tensor a, Tensor b, Scalar scaling, Tensor? biasB = null)
    {
        using var result = baseLayer.forward(x);
        using var cast = x.dtype == a.dtype ? null : x.to(a.dtype);
        using var update = Update(cast ?? x, a, b, scaling, biasB);
        var sum = result + update;
        if (sum.dtype == result.dtype)
            return sum;
        using (sum)
            return sum.to(result.dtype);
    }

    private static Tensor Update(Tensor x, Tensor a, Tensor b, Scalar scaling, Tensor? biasB)
    {
        using var hidden = functional.linear(x, a);
        return Up(hidden, b, scaling, biasB);
    }

    private static Tensor Up(Tensor hidden, Tensor b, Scalar scaling, Tensor? biasB = null)
    {
        using var up = functional.linear(hidden, b, biasB);
        return up * scaling;
    }

    private static Tensor PlusProduct(Tensor tensor, Tensor factor)
    {
        using var product = tensor * factor;
        return tensor + product;
    }
}
