namespace LoraGen;

/// <summary>
/// Generates a PiSSA adapter for a TorchSharp model: LoRA whose A and B start as the principal singular vectors of the weight, so that training
/// changes its principal components: W' = W - s·B₀·A₀ + s·B·A, with A₀ = A and B₀ = B at the start (Meng et al. 2024, arXiv:2404.02948). The layers are Linear,
/// Embedding, Conv1d, Conv2d and Conv3d without groups.
/// </summary>
/// <remarks>
/// <para>It can be used wherever <see cref="LoraAttribute"/> can, and generates <c>MPissa</c> and <c>model.AttachPissa()</c>. InitA and InitB can't be
/// set.</para>
/// <para>The base model's weight doesn't change: the initial product is subtracted in the forward pass instead, so that other adapters, detaching and saving
/// have the original model. With dropout, both products read the dropped input.</para>
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class PissaAttribute : WeightStartAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public PissaAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public PissaAttribute(Type model)
        : base(model)
    {
    }
}
