namespace LoraGen;

/// <summary>The base class of the attributes whose adapters adapt layers: which layers, and what is trained beside them.</summary>
public abstract class LayerAdapterAttribute : AdapterAttribute
{
    private protected LayerAdapterAttribute()
    {
    }

    private protected LayerAdapterAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>
    /// Layers to adapt: a member name (<c>q_proj</c>), the end of a dotted path (<c>self_attn.q_proj</c>), or either with <c>*</c> for any characters
    /// (<c>layers.*.q_proj</c>). None: every Linear, and no other layer. A target that matches no layer is an error when attaching.
    /// </summary>
    public string[] Targets { get; set; } = [];

    /// <summary>Layers to exclude from <see cref="Targets"/>, in the same form.</summary>
    public string[] Exclude { get; set; } = [];

    /// <summary>
    /// Only adapts layers of these kinds, and those with their own attribute. Without <see cref="Targets"/>: every layer of these kinds. A kind that no layer
    /// of the model has is an error when attaching. Default: with <see cref="Targets"/> every kind, otherwise Linear.
    /// </summary>
    public LayerKind[] Kinds { get; set; } = [];

    /// <summary>
    /// Only adapts layers at these indices of the model's <c>ModuleList</c>s, and those outside with their own attribute. Indices and ranges have C#'s syntax,
    /// so a range excludes its end: <c>0..12</c> for 0 to 11, <c>^4..</c> for the last four, <c>0, 5, ^1</c>. A list within a list follows the outer one's
    /// index. An index that no list has is an error when attaching. Default: every index. PEFT's <c>layers_to_transform</c>.
    /// </summary>
    public string? Layers { get; set; }

    /// <summary>
    /// The biases of the base model that are trained beside the sites. While the adapter is inactive, and after it is detached, they have their original
    /// values. On a member only <see cref="LoraBias.LoraOnly"/> and <see cref="LoraBias.None"/> can be set. Default <see cref="LoraBias.None"/>.
    /// </summary>
    public LoraBias Bias { get; set; }

    /// <summary>
    /// Quantises the weights of the adapted Linear layers when the adapter is attached: QLoRA. They stay quantised when it is detached. <c>model.Quantize</c>
    /// and <c>Checkpoint.Load</c> quantise other layers too. Default <see cref="Quantization.None"/>.
    /// </summary>
    public Quantization Base { get; set; }

    /// <inheritdoc cref="BaseQuantization.BlockSize"/>
    public int BaseBlockSize { get; set; }

    /// <inheritdoc cref="BaseQuantization.DoubleQuantization"/>
    public bool BaseDoubleQuantization { get; set; } = true;

    /// <inheritdoc cref="BaseQuantization.ComputeType"/>
    public ComputeType BaseComputeType { get; set; }

    /// <summary>
    /// For models that skip layers intentionally, such as mixtures of experts: true for all layers, or the layers as one pattern or an array of patterns, in
    /// the form of <see cref="Targets"/>. Otherwise the first call of the model throws if a site was not reached, because an adapter there would silently
    /// have no effect. Default false.
    /// </summary>
    public object AllowUnreached { get; set; } = false;
}
