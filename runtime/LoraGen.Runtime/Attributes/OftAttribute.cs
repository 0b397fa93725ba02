namespace LoraGen;

/// <summary>
/// Generates an OFT adapter for a TorchSharp model: the input x of each targeted Linear is rotated, y = W·(Rᵀx) + b, by a trained matrix R that is orthogonal
/// and consists of blocks on its diagonal (Qiu et al. 2023, arXiv:2306.07280; in the form that acts on the input, and with the Cayley–Neumann
/// parameterization: Qiu et al. 2025, arXiv:2506.19847). A block R is computed from a skew-symmetric matrix Q, of which the elements above the diagonal are
/// trained: [blocks, size·(size − 1)/2]. Q starts at zero, so that R is the identity.
/// </summary>
/// <remarks>It can be used wherever <see cref="LoraAttribute"/> can, and generates <c>MOft</c> and <c>model.AttachOft()</c>.</remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class OftAttribute : LayerAdapterAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public OftAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public OftAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>
    /// The number of rows of a block, at least 2; it must divide the layer's inputs. 0, the default: 32, unless <see cref="Blocks"/> is set. PEFT's
    /// <c>oft_block_size</c>.
    /// </summary>
    public int BlockSize { get; set; }

    /// <summary>
    /// The number of blocks of each layer, instead of their size; it must divide the layer's inputs. 0, the default: by <see cref="BlockSize"/>. PEFT's
    /// <c>r</c>.
    /// </summary>
    public int Blocks { get; set; }

    /// <summary>
    /// The probability from 0 to below 1 with which each block is the identity in a training step. Default 0. PEFT's <c>module_dropout</c>, which has no effect
    /// there.
    /// </summary>
    public double Dropout { get; set; }

    /// <summary>
    /// Whether R stays near the identity (COFT): in training, the norm of a layer's Q is limited to <see cref="Epsilon"/>. Default false. PEFT's <c>coft</c>.
    /// </summary>
    public bool Constrained { get; set; }

    /// <summary>
    /// The maximum of the Frobenius norm of a layer's Q with <see cref="Constrained"/>; a block's is this divided by √blocks. With <see cref="BlockShare"/> it
    /// is the block's, and the layer's is √blocks times as large. Positive. Default 6e-5. PEFT's <c>eps</c>.
    /// </summary>
    public double Epsilon { get; set; } = OftMethod.DefaultEpsilon;

    /// <summary>Whether all blocks of a layer are the same matrix. Default false. PEFT's <c>block_share</c>.</summary>
    public bool BlockShare { get; set; }

    /// <summary>
    /// The number of terms of the Neumann series from which R is computed, at least 2: R ≈ I + 2Q + 2Q² + … + Q^(terms − 1), which is nearly orthogonal for a
    /// small Q; with 2 it is I + 2Q, and 3 are computed as 4, as in PEFT. 0: the exact R = (I − Q)(I + Q)⁻¹. Default 5. PEFT's
    /// <c>num_cayley_neumann_terms</c> and <c>use_cayley_neumann</c>.
    /// </summary>
    public int NeumannTerms { get; set; } = OftMethod.DefaultNeumannTerms;
}
