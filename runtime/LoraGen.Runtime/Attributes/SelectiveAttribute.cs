namespace LoraGen;

/// <summary>The base class of the attributes whose adapters train parameters of the base model itself: of which modules.</summary>
public abstract class SelectiveAttribute : AdapterAttribute
{
    private protected SelectiveAttribute()
    {
    }

    private protected SelectiveAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>
    /// The modules, with everything in them: a member name (<c>mlp</c>), the end of a dotted path (<c>self_attn.q_proj</c>), or either with <c>*</c> for any
    /// characters. A target that matches no module is an error when attaching. Default: the whole model.
    /// </summary>
    public string[] Targets { get; set; } = [];

    /// <summary>Modules to exclude, with everything in them, in the form of <see cref="Targets"/>. Default: none.</summary>
    public string[] Exclude { get; set; } = [];

    /// <summary>
    /// Only trains modules at these indices of the model's <c>ModuleList</c>s, in the form of <see cref="LayerAdapterAttribute.Layers"/>: <c>^2..</c> for the
    /// last two. Default: every index, and the modules outside of lists.
    /// </summary>
    public string? Layers { get; set; }
}
