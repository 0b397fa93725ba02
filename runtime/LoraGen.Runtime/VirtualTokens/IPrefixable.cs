namespace LoraGen;

/// <summary>
/// A model whose attention can also read keys and values that an adapter trains. Prefix tuning needs it. The model's forward, or that of a part of it, calls
/// <see cref="VirtualTokens.Prepend"/> with the embeddings of its tokens, and each attention layer prepends <see cref="PromptedInput.Prefix"/> to its keys and
/// values, after their rotation if they are rotated by position.
/// </summary>
public interface IPrefixable
{
    /// <summary>The number of attention layers.</summary>
    int AttentionLayers { get; }

    /// <summary>The number of heads of keys and values; with grouped queries it is smaller than that of the queries.</summary>
    long KeyValueHeads { get; }

    /// <summary>The size of a head.</summary>
    long HeadSize { get; }

    /// <inheritdoc cref="IPromptable.MaxPositions"/>
    long? MaxPositions => null;
}
