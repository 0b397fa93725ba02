namespace LoraGen;

/// <summary>
/// Generates a GLoRA adapter for a TorchSharp model: each targeted Linear gets the weight W' = W + W⊙A + B and the bias b' = b + b⊙D + E + W·C,
/// with trained A and B [out, in], C [in, 1], D and E [out], each of which is low-rank, a vector, a constant or nothing (Chavan et al. 2023, arXiv:2306.07967).
/// </summary>
/// <remarks>It can be used wherever <see cref="LoraAttribute"/> can, and generates <c>MGlora</c> and <c>model.AttachGlora()</c>.</remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class GloraAttribute : LayerAdapterAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public GloraAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public GloraAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>The rank of the parts that are <see cref="GloraPart.LowRank"/>; at least 1. Default 8.</summary>
    public int Rank { get; set; } = LowRankMethod.DefaultRank;

    /// <summary>
    /// The form of A, which scales the weight, and of B, which is added to it. Default <see cref="GloraPart.LowRank"/>. PEFT's <c>config_A_B</c>.
    /// </summary>
    public GloraPart PartAB { get; set; }

    /// <summary>
    /// The form of C, by which the weight changes the bias; not <see cref="GloraPart.Constant"/>. <see cref="GloraPart.None"/> for layers without a bias.
    /// Default <see cref="GloraPart.LowRank"/>. PEFT's <c>config_C</c>.
    /// </summary>
    public GloraPart PartC { get; set; }

    /// <summary>
    /// The form of D, which scales the bias, and of E, which is added to it; not <see cref="GloraPart.LowRank"/>. <see cref="GloraPart.None"/> for layers
    /// without a bias. Default <see cref="GloraPart.Constant"/>. PEFT's <c>config_D_E</c>.
    /// </summary>
    public GloraPart PartDE { get; set; } = GloraPart.Constant;
}
