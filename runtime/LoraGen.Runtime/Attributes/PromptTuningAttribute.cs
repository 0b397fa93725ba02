namespace LoraGen;

/// <summary>
/// Generates a typed prompt tuning adapter (Lester et al. 2021, arXiv:2104.08691) of a model that is <see cref="IPromptable"/>: trained embeddings before
/// those of the text.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class PromptTuningAttribute : VirtualTokenAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public PromptTuningAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public PromptTuningAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>The initial values. Default <see cref="PromptInit.Random"/>. The adapter's <c>StartFrom</c> sets those of given tokens.</summary>
    public PromptInit Init { get; set; }
}
