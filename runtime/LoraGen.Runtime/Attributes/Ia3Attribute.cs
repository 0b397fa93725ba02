namespace LoraGen;

/// <summary>
/// Generates an IA³ adapter for a TorchSharp model: the output of each targeted layer, its bias included, is multiplied by a trained vector l [out]; for the
/// layers in <see cref="FeedForward"/>, the input is multiplied by l [in]. The vectors start at one (Liu et al. 2022, arXiv:2205.05638). In a transformer the
/// paper targets the keys, the values and the second layer of the feed-forward block, which is the one in <see cref="FeedForward"/>. The layers are Linear,
/// Embedding, Conv1d, Conv2d and Conv3d.
/// </summary>
/// <remarks>It can be used wherever <see cref="LoraAttribute"/> can, and generates <c>MIa3</c> and <c>model.AttachIa3()</c>.</remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class Ia3Attribute : LayerAdapterAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public Ia3Attribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public Ia3Attribute(Type model)
        : base(model)
    {
    }

    /// <summary>
    /// The targeted layers whose input is scaled instead of the output, in the form of <see cref="LayerAdapterAttribute.Targets"/>; each entry must match
    /// one. Default: none. PEFT's <c>feedforward_modules</c>.
    /// </summary>
    public string[] FeedForward { get; set; } = [];
}
