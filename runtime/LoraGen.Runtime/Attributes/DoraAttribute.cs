namespace LoraGen;

/// <summary>
/// Generates a DoRA adapter for a TorchSharp model: each targeted layer's weight becomes W' = m ⊙ (W + s·B·A) / ‖W + s·B·A‖, with LoRA's A, B and s, a trained
/// magnitude m [out], and the norm of each output's row, which the gradient treats as a constant (Liu et al. 2024, arXiv:2402.09353, section 4.3). The
/// magnitude starts at ‖W‖. The layers are Linear, Embedding, Conv1d, Conv2d and Conv3d without groups.
/// </summary>
/// <remarks>It can be used wherever <see cref="LoraAttribute"/> can, and generates <c>MDora</c> and <c>model.AttachDora()</c>.</remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class DoraAttribute : LowRankAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public DoraAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public DoraAttribute(Type model)
        : base(model)
    {
    }
}
