using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>PiSSA on a layer: LoRA that starts from the weight's principal singular vectors, minus this start.</summary>
public sealed class PissaSite : LowRankSite
{
    internal PissaSite(LayerFacts facts, BaseLayer layer, PissaMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }

    /// <summary>The initial A.</summary>
    public Parameter StartA => Own[2];

    /// <summary>The negated initial B, which subtracts the initial contribution.</summary>
    public Parameter StartB => Own[3];

    /// <summary>Returns A and A₀ as one new factor of rank 2 · rank.</summary>
    internal Tensor BothA() => cat([A, StartA], 0);

    /// <inheritdoc cref="BothA"/>
    internal Tensor BothB() => cat([B, StartB], 1);
}
