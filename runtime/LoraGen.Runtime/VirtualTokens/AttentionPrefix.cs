using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The keys and values that prefix tuning prepends in the attention layers.</summary>
public sealed class AttentionPrefix
{
    /// <summary>Nothing is prepended.</summary>
    internal static readonly AttentionPrefix None = new([]);

    private readonly IReadOnlyList<PrefixPart> _parts;

    internal AttentionPrefix(IReadOnlyList<PrefixPart> parts) => _parts = parts;

    /// <summary>The number of virtual tokens; 0 if nothing is prepended.</summary>
    public long Tokens => _parts.Sum(part => part.Tokens);

    /// <summary>Prepends a layer's virtual keys and values to those of the tokens.</summary>
    /// <param name="layer">The index of the attention layer.</param>
    /// <param name="keys">[batch, head, time, size of a head].</param>
    /// <param name="values">[batch, head, time, size of a head].</param>
    /// <returns>[batch, head, virtual tokens + time, size of a head] each; the arguments themselves if there is nothing to prepend.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The model said that it has fewer layers.</exception>
    /// <exception cref="ArgumentException">The keys or values don't have the sizes that the model said.</exception>
    public (Tensor Keys, Tensor Values) Prepend(int layer, Tensor keys, Tensor values)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(values);
        return _parts.Count == 0 ? (keys, values) : (Prepended(layer, keys, PrefixPart.KeyOffset), Prepended(layer, values, PrefixPart.ValueOffset));
    }

    private Tensor Prepended(int layer, Tensor own, int offset)
    {
        using var scope = NewDisposeScope();
        return cat([.. _parts.Select(part => part.Of(layer, own, offset)), own], 2).MoveToOuterDisposeScope();
    }
}
