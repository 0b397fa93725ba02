namespace LoraGen;

/// <summary>
/// Asks the compiler for an IA³ adapter of a TorchSharp model: the output of each targeted layer, its bias included, is multiplied by a trained vector l [out];
/// of the layers in <see cref="FeedForward"/> the input is, by l [in]. The vectors start at one (Liu et al. 2022, arXiv:2205.05638). In a transformer the
/// paper targets the keys, the values and the second layer of the feed-forward block, which is the one in <see cref="FeedForward"/>. The layers are Linear,
/// Embedding, Conv1d, Conv2d and Conv3d.
/// </summary>
/// <remarks>It stands where <see cref="LoraAttribute"/> may stand, and generates <c>MIa3</c> and <c>model.AttachIa3()</c>.</remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class Ia3Attribute : AdapterAttribute
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
    /// Those of the targeted layers whose input is scaled instead of the output, written as <see cref="AdapterAttribute.Targets"/> are; each entry must match
    /// one. Default: none. PEFT's <c>feedforward_modules</c>.
    /// </summary>
    public string[] FeedForward { get; set; } = [];
}
