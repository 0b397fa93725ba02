namespace LoraGen;

/// <summary>
/// Generates an adapter that trains the normalizations of a TorchSharp model and nothing else (Zhao et al. 2023, arXiv:2312.11420): weight and bias of every
/// LayerNorm, GroupNorm, BatchNorm and InstanceNorm, and of every module whose class's name ends with <c>Norm</c>, such as RmsNorm.
/// </summary>
/// <remarks>
/// On a model class <c>M</c>, or as <c>[assembly: LayerNormTuning(typeof(M))]</c>, it generates <c>MLayerNormTuning</c> and
/// <c>model.AttachLayerNormTuning()</c>.
/// <see cref="SelectiveAttribute.Targets"/> names normalizations, or modules in which all of them are trained. PEFT's <c>LN_TUNING</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class LayerNormTuningAttribute : SelectiveAttribute
{
    /// <inheritdoc cref="FreezeAttribute()"/>
    public LayerNormTuningAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public LayerNormTuningAttribute(Type model)
        : base(model)
    {
    }
}
