namespace LoraGen;

/// <summary>
/// Generates an OLoRA adapter for a TorchSharp model: LoRA whose A and B start from the QR decomposition of the weight, W = Q·R, with the first columns of Q
/// as B and the first rows of R as A: W' = W - s·B₀·A₀ + s·B·A, with A₀ = A and B₀ = B at the start (Büyükakyüz 2024, arXiv:2406.01775). The layers are Linear,
/// Embedding, Conv1d, Conv2d and Conv3d without groups.
/// </summary>
/// <remarks>
/// <para>It can be used wherever <see cref="LoraAttribute"/> can, and generates <c>MOlora</c> and <c>model.AttachOlora()</c>. InitA and InitB can't be
/// set.</para>
/// <para>The base model's weight doesn't change: the initial product is subtracted in the forward pass instead, so that other adapters, detaching and saving
/// have the original model. With dropout, both products read the dropped input.</para>
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class OloraAttribute : WeightStartAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public OloraAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public OloraAttribute(Type model)
        : base(model)
    {
    }
}
