using LoraGen;
using static TorchSharp.torch;

namespace Models.Layers;

/// <summary>What attention reads before the keys and values of the new tokens: an adapter's prefix, and the tokens in a cache.</summary>
/// <param name="Prefix">The prefix. The cache holds it after the first call.</param>
/// <param name="Cache">The cache; null if the whole text is passed.</param>
public sealed record PastTokens(AttentionPrefix Prefix, KeyValueCache? Cache)
{
    /// <summary>Prepends them to a layer's keys and values, [batch, head, time, size].</summary>
    public (Tensor Keys, Tensor Values) Prepend(int layer, Tensor keys, Tensor values)
    {
        (keys, values) = Prefix.Prepend(layer, keys, values);
        return Cache is null ? (keys, values) : Cache.Append(layer, keys, values);
    }
}
