namespace LoraGen;

/// <summary>
/// Generates a typed prefix tuning adapter (Li and Liang 2021, arXiv:2101.00190) of a model that is <see cref="IPrefixable"/>: trained keys and values before
/// those of the text in each attention layer.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, AllowMultiple = true, Inherited = false)]
public sealed class PrefixTuningAttribute : VirtualTokenAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public PrefixTuningAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public PrefixTuningAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>
    /// Whether a trained network computes the prefix, as in the paper, instead of training the prefix itself. Default false. PEFT's <c>prefix_projection</c>.
    /// </summary>
    public bool Projection { get; set; }

    /// <summary>The size of the hidden layer of the network. 0, the default: the size of a layer's keys. PEFT's <c>encoder_hidden_size</c>.</summary>
    public int ProjectionSize { get; set; }

    /// <summary>Whether the prefix starts at zero instead of random values. Default false. PEFT's <c>init_weights = "zero"</c>.</summary>
    public bool StartAtZero { get; set; }
}
