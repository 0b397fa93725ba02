namespace LoraGen;

/// <summary>The memory of a quantised weight that does not exist yet.</summary>
internal static class QuantizedBytes
{
    /// <summary>The bytes that are stored for a weight.</summary>
    /// <param name="outputs">The number of rows.</param>
    /// <param name="inputs">The number of columns.</param>
    /// <param name="options">The format.</param>
    public static long Stored(long outputs, long inputs, BaseQuantization options)
    {
        var (size, blocks) = (BlockSize(inputs, options), Blocks(outputs, inputs, options));
        var codes = blocks * ((size + CodesPerByte(options) - 1) / CodesPerByte(options));
        return codes + BlockScales.BytesOf(blocks, options.DoubleQuantization && options.Format != Quantization.Int8);
    }

    /// <summary>The bytes of the memory into which a thread restores parts of the weight.</summary>
    /// <param name="outputs">The number of rows.</param>
    /// <param name="inputs">The number of columns.</param>
    /// <param name="options">The format.</param>
    /// <param name="elementSize">The bytes of a restored value.</param>
    public static long Restored(long outputs, long inputs, BaseQuantization options, int elementSize)
    {
        var size = BlockSize(inputs, options);
        return elementSize * RowChunk.OfProduct(outputs, inputs, size, elementSize).Select(chunk => (chunk.Count * inputs) + size).DefaultIfEmpty().Max();
    }

    private static int BlockSize(long inputs, BaseQuantization options) => options.Format == Quantization.Int8 ? checked((int)inputs) : options.BlockSize;

    private static int CodesPerByte(BaseQuantization options) => BlockFormat.Of(options.Format).CodesPerByte;

    private static long Blocks(long outputs, long inputs, BaseQuantization options)
    {
        var size = BlockSize(inputs, options);
        return size == 0 ? 0 : ((outputs * inputs) + size - 1) / size;
    }
}
