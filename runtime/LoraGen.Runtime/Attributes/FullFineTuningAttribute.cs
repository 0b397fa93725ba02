namespace LoraGen;

/// <summary>
/// Generates an adapter that trains all parameters of a TorchSharp model: full fine-tuning, with the members of an adapter. The original values are kept beside
/// the trained ones until <c>MergeAndUnload</c>, so that detaching restores them.
/// </summary>
/// <remarks>
/// On a model class <c>M</c>, or as <c>[assembly: FullFineTuning(typeof(M))]</c>, it generates <c>MFullFineTuning</c> and
/// <c>model.AttachFullFineTuning()</c>. To train a part of the model, use <see cref="FreezeAttribute"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class FullFineTuningAttribute : AdapterAttribute
{
    /// <inheritdoc cref="FreezeAttribute()"/>
    public FullFineTuningAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public FullFineTuningAttribute(Type model)
        : base(model)
    {
    }
}
