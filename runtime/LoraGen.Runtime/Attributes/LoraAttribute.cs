namespace LoraGen;

/// <summary>
/// Asks the compiler for a LoRA adapter of a TorchSharp model: y ← y + s·B(A(dropout(x))) on every targeted layer, with
/// A [rank, in], B [out, rank] and s = alpha / rank (Hu et al. 2021, arXiv:2106.09685). The layers are Linear, Embedding, Conv1d, Conv2d and Conv3d.
/// </summary>
/// <remarks>
/// <para>On a model class <c>M</c>, or as <c>[assembly: Lora(typeof(M))]</c> for a class whose file is not to be touched, it generates the type
/// <c>MLora</c> and the extension method <c>model.AttachLora()</c>. Several attributes with different names give several adapter types.</para>
/// <para>On a field or property it overrides the options that it sets for that layer, or for every layer within that module; an annotated layer is
/// adapted even when <see cref="Targets"/> does not name it.</para>
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class LoraAttribute : Attribute
{
    /// <summary>For the class or member that the attribute stands on.</summary>
    public LoraAttribute()
    {
    }

    /// <summary>For <paramref name="model"/>, at assembly level.</summary>
    /// <param name="model">The model class, a <c>torch.nn.Module</c>.</param>
    public LoraAttribute(Type model) => Model = model;

    /// <summary>The model class that an assembly-level attribute speaks of.</summary>
    public Type? Model { get; }

    /// <summary>The adapter's name and, unless it is <c>default</c>, part of its type's name: <c>style</c> gives <c>MStyleLora</c>.</summary>
    public string Name { get; set; } = "default";

    /// <summary>Rows of A and columns of B; at least 1, on a convolution with groups a multiple of them. Default 8.</summary>
    public int Rank { get; set; } = 8;

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
    /// Which biases of the base model train beside A and B. Their original values are back while the adapter is inactive, and once it is detached. On a
    /// member only <see cref="LoraBias.LoraOnly"/> and <see cref="LoraBias.None"/> can be set. Default <see cref="LoraBias.None"/>.
    /// </summary>
    public LoraBias Bias { get; set; }

    /// <summary>
    /// Layers to adapt: a member name (<c>q_proj</c>), the end of a dotted path (<c>self_attn.q_proj</c>), or either with <c>*</c> for any characters
    /// (<c>layers.*.q_proj</c>). None: every Linear, and no other layer. A target that meets no layer is an error at attach.
    /// </summary>
    public string[] Targets { get; set; } = [];

    /// <summary>
    /// Sets the layer's weight to W + scaling·B·A for the time of a call of the model, instead of adding to the layer's output. For layers whose calls
    /// can't be seen: called by <c>.forward</c> in another assembly, or whose weight is used directly. It costs a product and a tensor of the weight's
    /// size for each layer and call; the model itself must be called by <c>.call</c>, or by <c>.forward</c> in this project. Default false.
    /// </summary>
    public bool Reparametrize { get; set; }

    /// <summary>
    /// For models that skip layers on purpose. Otherwise the end of the first call of the model throws when a site was not reached, since an adapter
    /// there would silently do nothing. Default false.
    /// </summary>
    public bool AllowUnreached { get; set; }

    /// <summary>
    /// The most parameters that the adapter may train: attaching throws when it would have more, and the compiler says so where it knows the sizes of
    /// all layers. 0, the default: no limit. On a member it says nothing.
    /// </summary>
    public long MaxTrainableParameters { get; set; }

    /// <summary>Layers to leave out of <see cref="Targets"/>, written the same way.</summary>
    public string[] Exclude { get; set; } = [];

    /// <summary>
    /// Adapts layers at these indices of the model's <c>ModuleList</c>s only, and none outside of them but by an attribute of its own. Indices and
    /// ranges as C# writes them, so that a range leaves out its end: <c>0..12</c> for 0 to 11, <c>^4..</c> for the last four, <c>0, 5, ^1</c>. A list within
    /// a list follows the outer one's index. An index that no list has is an error at attach. Default: every index. PEFT's <c>layers_to_transform</c>.
    /// </summary>
    public string? Layers { get; set; }
}
