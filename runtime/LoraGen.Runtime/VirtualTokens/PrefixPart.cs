using static TorchSharp.torch;

namespace LoraGen;

/// <summary>The keys and values of one adapter's prefix.</summary>
/// <param name="Adapter">The adapter.</param>
/// <param name="Table">The keys and values of each layer in turn, [2 · layers, head, virtual tokens, size of a head].</param>
internal sealed record PrefixPart(AdapterBase Adapter, Tensor Table)
{
    public const int KeyOffset = 0;
    public const int ValueOffset = 1;

    public long Tokens => Table.shape[2];

    /// <summary>The keys or values of a layer, in the batch and type of its own.</summary>
    public Tensor Of(int layer, Tensor own, int offset)
    {
        var layers = Table.shape[0] / 2;
        if (layer < 0 || layer >= layers)
        {
            throw new ArgumentOutOfRangeException(
                nameof(layer), layer, $"Adapter \"{Adapter.Name}\" has a prefix for {layers} layers: {nameof(IPrefixable.AttentionLayers)} is {layers}.");
        }

        var (heads, size) = (Table.shape[1], Table.shape[3]);
        if (own.ndim != 4 || own.shape[1] != heads || own.shape[3] != size)
        {
            throw new ArgumentException(
                $"Adapter \"{Adapter.Name}\": layer {layer} has keys or values of [{string.Join(", ", own.shape)}], expected [batch, {heads}, time, {size}] as "
                + $"{nameof(IPrefixable.KeyValueHeads)} and {nameof(IPrefixable.HeadSize)} say.");
        }

        Adapter.ReachLayer(layer);
        return Table.select(0, (2 * layer) + offset).to(own.dtype).unsqueeze(0).expand(own.shape[0], heads, Tokens, size);
    }
}
