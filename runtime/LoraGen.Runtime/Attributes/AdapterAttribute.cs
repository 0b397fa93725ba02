namespace LoraGen;

/// <summary>What every attribute that asks for an adapter says: of which model, under which name, and on which layers.</summary>
public abstract class AdapterAttribute : Attribute
{
    private protected AdapterAttribute()
    {
    }

    private protected AdapterAttribute(Type model) => Model = model;

    /// <summary>The model class that an assembly-level attribute speaks of.</summary>
    public Type? Model { get; }

    /// <summary>The adapter's name and, unless it is <c>default</c>, part of its type's name: <c>style</c> gives <c>MStyleLora</c>.</summary>
    public string Name { get; set; } = "default";

    /// <summary>
    /// Layers to adapt: a member name (<c>q_proj</c>), the end of a dotted path (<c>self_attn.q_proj</c>), or either with <c>*</c> for any characters
    /// (<c>layers.*.q_proj</c>). None: every Linear, and no other layer. A target that meets no layer is an error at attach.
    /// </summary>
    public string[] Targets { get; set; } = [];

    /// <summary>Layers to leave out of <see cref="Targets"/>, written the same way.</summary>
    public string[] Exclude { get; set; } = [];

    /// <summary>
    /// Adapts layers at these indices of the model's <c>ModuleList</c>s only, and none outside of them but by an attribute of its own. Indices and
    /// ranges as C# writes them, so that a range leaves out its end: <c>0..12</c> for 0 to 11, <c>^4..</c> for the last four, <c>0, 5, ^1</c>. A list within
    /// a list follows the outer one's index. An index that no list has is an error at attach. Default: every index. PEFT's <c>layers_to_transform</c>.
    /// </summary>
    public string? Layers { get; set; }

    /// <summary>
    /// Which biases of the base model train beside the sites. Their original values are back while the adapter is inactive, and once it is detached. On a
    /// member only <see cref="LoraBias.LoraOnly"/> and <see cref="LoraBias.None"/> can be set. Default <see cref="LoraBias.None"/>.
    /// </summary>
    public LoraBias Bias { get; set; }

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
}
