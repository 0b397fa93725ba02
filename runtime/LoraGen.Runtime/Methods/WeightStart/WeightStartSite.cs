using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>LoRA on a layer that starts from a decomposition of its weight, minus this start.</summary>
public abstract class WeightStartSite : LowRankSite
{
    private protected WeightStartSite(LayerFacts facts, BaseLayer layer, WeightStartMethod method, ScalarType? dtype)
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
