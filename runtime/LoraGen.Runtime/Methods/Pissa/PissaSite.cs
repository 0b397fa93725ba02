using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>PiSSA on a layer: LoRA that starts from the weight's principal singular vectors, less this start.</summary>
public sealed class PissaSite : LowRankSite
{
    internal PissaSite(LayerFacts facts, BaseLayer layer, PissaMethod method, ScalarType? dtype)
        : base(facts, layer, method, dtype)
    {
    }

    /// <summary>A as it was at the start.</summary>
    public Parameter StartA => Own[2];

    /// <summary>B as it was at the start, negated: what the start contributes is subtracted.</summary>
    public Parameter StartB => Own[3];

    /// <summary>A and what is subtracted of it, as one factor of rank 2 · rank. A new tensor.</summary>
    internal Tensor BothA() => cat([A, StartA], 0);

    /// <inheritdoc cref="BothA"/>
    internal Tensor BothB() => cat([B, StartB], 1);
}
