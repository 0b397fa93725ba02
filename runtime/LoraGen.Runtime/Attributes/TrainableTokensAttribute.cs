namespace LoraGen;

/// <summary>
/// Generates an adapter that trains some rows of an Embedding, such as those of new tokens, and nothing else. If the head has the same weight, name it in
/// <see cref="LayerAdapterAttribute.Targets"/> too: then both use the trained rows.
/// </summary>
/// <remarks>
/// On a model class <c>M</c>, or as <c>[assembly: TrainableTokens(typeof(M), …)]</c>, it generates <c>MTrainableTokens</c> and
/// <c>model.AttachTrainableTokens()</c>. The layers are Embedding, and Linear, whose rows are its outputs. PEFT's <c>TRAINABLE_TOKENS</c>.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class TrainableTokensAttribute : LayerAdapterAttribute
{
    /// <inheritdoc cref="LoraAttribute()"/>
    public TrainableTokensAttribute()
    {
    }

    /// <inheritdoc cref="LoraAttribute(Type)"/>
    public TrainableTokensAttribute(Type model)
        : base(model)
    {
    }

    /// <summary>The numbers of the tokens, which are rows of the weight; at least one, each from 0 to below the number of rows. PEFT's token_indices.</summary>
    public int[] Tokens { get; set; } = [];
}
