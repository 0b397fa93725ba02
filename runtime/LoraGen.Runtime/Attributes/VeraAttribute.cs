namespace LoraGen;

/// <summary>
/// Generates a VeRA adapter for a TorchSharp model: y ← y + λ_b ⊙ B(λ_d ⊙ A(dropout(x))) on every targeted Linear. A and B are random, frozen, and shared by
/// all layers of the adapter; each layer trains only λ_d [rank] and λ_b [out] (Kopiczko et al. 2024, arXiv:2310.11454).
/// </summary>
/// <remarks>
/// It can be used wherever <see cref="LoraAttribute"/> can, and generates <c>MVera</c> and <c>model.AttachVera()</c>. <see cref="Rank"/>,
/// <see cref="ProjectionKey"/> and <see cref="SaveProjection"/> must be the same for all layers of an adapter.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class VeraAttribute : LayerAdapterAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public VeraAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public VeraAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>
    /// Rows of A and columns of B; at least 1. It costs one trained parameter per layer, so it is usually far above LoRA's, also above a layer's sizes.
    /// Default 256.
    /// </summary>
    public int Rank { get; set; } = VeraMethod.DefaultRank;

    /// <summary>Probability in [0, 1) with which an input of A is zeroed while the layer is in training mode. Default 0.</summary>
    public double Dropout { get; set; }

    /// <summary>The initial value of each element of λ_d; finite and not 0. λ_b starts at 0. Default 0.1. PEFT's <c>d_initial</c>.</summary>
    public double DInitial { get; set; } = VeraMethod.DefaultDInitial;

    /// <summary>
    /// The seed of A and B; 0 or more. The same key, rank and sizes give the same A and B, as in PEFT. Default 0. PEFT's <c>projection_prng_key</c>.
    /// </summary>
    public long ProjectionKey { get; set; }

    /// <summary>
    /// Whether A and B are saved. Otherwise loading draws them again from the key, and files are far smaller. Default true. PEFT's <c>save_projection</c>.
    /// </summary>
    public bool SaveProjection { get; set; } = true;
}
