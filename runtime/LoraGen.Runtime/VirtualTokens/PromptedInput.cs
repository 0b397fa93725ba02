using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>A model's input with the virtual tokens of the adapters that act in the call. Without such adapters it has what was passed.</summary>
public sealed class PromptedInput
{
    internal PromptedInput(Tensor embeddings) => Embeddings = embeddings;

    /// <summary>The embeddings, [batch, virtual tokens + tokens, width].</summary>
    public Tensor Embeddings { get; }

    /// <summary>
    /// The attention mask, [batch, all virtual tokens + tokens]: the virtual tokens are visible to all. Null if no mask was passed.
    /// </summary>
    public Tensor? Mask { get; internal init; }

    /// <summary>
    /// The positions of <see cref="Embeddings"/>, [batch or 1, virtual tokens + tokens]: the virtual tokens are counted. Null if no positions were passed;
    /// then they are counted from <see cref="Past"/>.
    /// </summary>
    public Tensor? Positions { get; internal init; }

    /// <summary>The index of the first token of the text in <see cref="Embeddings"/>: where a model that pools the first token finds it.</summary>
    public long Start { get; internal init; }

    /// <summary>The number of keys before those of <see cref="Embeddings"/>: of the cache, or of the prefix.</summary>
    public long Past { get; internal init; }

    /// <summary>The keys and values to prepend in the attention layers.</summary>
    public AttentionPrefix Prefix { get; internal init; } = AttentionPrefix.None;

    /// <summary>Prepends a value for each virtual token of <see cref="Embeddings"/> to other values per token, such as token types.</summary>
    /// <param name="values">[batch or 1, tokens].</param>
    /// <param name="value">The value for virtual tokens.</param>
    /// <returns>[batch or 1, virtual tokens + tokens]; <paramref name="values"/> itself if there are no virtual tokens.</returns>
    public Tensor Extend(Tensor values, Scalar value)
    {
        ArgumentNullException.ThrowIfNull(values);
        return VirtualTokens.Extended(values, Start, value);
    }
}
