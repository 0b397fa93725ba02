namespace LoraGen;

/// <summary>
/// Asks the compiler for a LoRA adapter of a TorchSharp model: y ← y + s·B(A(dropout(x))) on every targeted layer, with
/// A [rank, in], B [out, rank] and s = alpha / rank (Hu et al. 2021, arXiv:2106.09685). The layers are Linear, Embedding, Conv1d, Conv2d and Conv3d.
/// </summary>
/// <remarks>
/// <para>On a model class <c>M</c>, or as <c>[assembly: Lora(typeof(M))]</c> for a class whose file is not to be touched, it generates the type
/// <c>MLora</c> and the extension method <c>model.AttachLora()</c>. Several attributes with different names give several adapter types.</para>
/// <para>On a field or property it overrides the options that it sets for that layer, or for every layer within that module; an annotated layer is
/// adapted even when <see cref="AdapterAttribute.Targets"/> does not name it.</para>
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class LoraAttribute : AdapterAttribute
{
    /// <summary>For the class or member that the attribute stands on.</summary>
    public LoraAttribute()
    {
    }

    /// <summary>For <paramref name="model"/>, at assembly level.</summary>
    /// <param name="model">The model class, a <c>torch.nn.Module</c>.</param>
    public LoraAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>Rows of A and columns of B; at least 1, on a convolution with groups a multiple of them. Default 8.</summary>
    public int Rank { get; set; } = LoraMethod.DefaultRank;

    /// <summary>Numerator of the scaling alpha / rank; positive. Default: the rank, so a scaling of 1.</summary>
    public double Alpha { get; set; } = double.NaN;

    /// <summary>Probability in [0, 1) with which an input of A is zeroed while the layer is in training mode; an Embedding has none. Default 0.</summary>
    public double Dropout { get; set; }

    /// <summary>Scales by alpha / √rank instead of alpha / rank (rsLoRA: Kalajdzievski 2023, arXiv:2312.03732).</summary>
    public bool RankStabilized { get; set; }

    /// <summary>How A starts; an Embedding's at zero. Default <see cref="LoraInit.KaimingUniform"/>.</summary>
    public LoraInit InitA { get; set; } = LoraInit.KaimingUniform;

    /// <summary>
    /// How B starts; an Embedding's normal with deviation 1. Default <see cref="LoraInit.Zeros"/>, which leaves the model's output unchanged until the
    /// first step.
    /// </summary>
    public LoraInit InitB { get; set; } = LoraInit.Zeros;

    /// <summary>
    /// Sets the layer's weight to W + scaling·B·A for the time of a call of the model, instead of adding to the layer's output. For layers whose calls
    /// can't be seen: called by <c>.forward</c> in another assembly, or whose weight is used directly. It costs a product and a tensor of the weight's
    /// size for each layer and call; the model itself must be called by <c>.call</c>, or by <c>.forward</c> in this project. Default false.
    /// </summary>
    public bool Reparametrize { get; set; }
}
