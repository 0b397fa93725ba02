namespace LoraGen;

/// <summary>
/// Generates a LoRA-FA adapter for a TorchSharp model: LoRA whose A keeps its random initial values, so that only B trains, and whose gradient of B is
/// projected before each step: s⁻²·g·(A·Aᵀ)⁻¹ (Zhang et al. 2023, arXiv:2308.03303). The layers are Linear, and Conv1d, Conv2d and Conv3d without groups.
/// </summary>
/// <remarks>
/// <para>It can be used wherever <see cref="LoraAttribute"/> can, and generates <c>MLoraFa</c> and <c>model.AttachLoraFa()</c>. InitA can't be Zeros.</para>
/// <para>The adapter creates the optimizer, which projects the gradient: <c>lora.Optimizer(parameters => optim.AdamW(parameters))</c>.</para>
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class LoraFaAttribute : LowRankAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public LoraFaAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public LoraFaAttribute(Type model)
        : base(model)
    {
    }
}
