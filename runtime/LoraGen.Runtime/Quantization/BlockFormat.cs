namespace LoraGen;

/// <summary>How the values of a block are stored in few bits, with the block's largest absolute value as the scale.</summary>
internal abstract unsafe class BlockFormat
{
    /// <summary>The number of codes in a byte.</summary>
    public abstract int CodesPerByte { get; }

    /// <summary>The value of each code in each possible byte, with a scale of 1: [256, <see cref="CodesPerByte"/>].</summary>
    public abstract ReadOnlySpan<float> Expanded { get; }

    /// <summary>Returns the format's implementation.</summary>
    public static BlockFormat Of(Quantization format) => format switch
    {
        Quantization.Nf4 => CodebookFormat.Nf4,
        Quantization.Fp4 => CodebookFormat.Fp4,
        Quantization.Nf2 => CodebookFormat.Nf2,
        Quantization.Int8 => Int8Format.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format of a quantised weight."),
    };

    /// <summary>Stores a block.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="codes">Where the codes are written. Those after the last value in its byte stay zero.</param>
    /// <returns>The largest absolute value; not finite if one of the values isn't.</returns>
    public float Quantize(float* values, int count, byte* codes)
    {
        var scale = AbsoluteMaximum.Of(values, count);
        if (float.IsFinite(scale))
            Quantize(values, count, scale, codes);
        return scale;
    }

    /// <summary>Writes the values of blocks that follow one another. The last block of a weight is written as a full one, also if it has fewer.</summary>
    /// <param name="codes">The codes.</param>
    /// <param name="scales">The scale of each block.</param>
    /// <param name="blocks">The number of blocks.</param>
    /// <param name="size">The number of values of a block.</param>
    /// <param name="values">Where the values are written.</param>
    public abstract void Dequantize(byte* codes, float* scales, int blocks, int size, float* values);

    private protected abstract void Quantize(float* values, int count, float scale, byte* codes);
}
