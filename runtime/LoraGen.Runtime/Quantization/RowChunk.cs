namespace LoraGen;

/// <summary>Some rows of a weight that are quantised or restored at a time, which begin with a block.</summary>
/// <param name="Start">The first row.</param>
/// <param name="Count">The number of rows.</param>
internal readonly record struct RowChunk(long Start, long Count)
{
    /// <summary>So many rows are enough for a matrix product at nearly full speed.</summary>
    public const long FewestRows = 512;

    // A product with a whole weight is some percent faster than one in parts. A thread keeps about this memory.
    private const long MostBytes = 64L << 20;

    /// <summary>Divides a weight for products with it.</summary>
    /// <param name="outputs">The number of rows.</param>
    /// <param name="inputs">The number of columns.</param>
    /// <param name="blockSize">The number of values in a block.</param>
    /// <param name="elementSize">The bytes of a restored value.</param>
    public static IEnumerable<RowChunk> OfProduct(long outputs, long inputs, int blockSize, int elementSize)
    {
        var parts = Math.Clamp(((outputs * inputs * elementSize) + MostBytes - 1) / MostBytes, 1, Math.Max(1, outputs / FewestRows));
        return All(outputs, inputs, blockSize, (outputs + parts - 1) / parts);
    }

    /// <summary>Divides a weight.</summary>
    /// <param name="outputs">The number of rows.</param>
    /// <param name="inputs">The number of columns.</param>
    /// <param name="blockSize">The number of values in a block.</param>
    /// <param name="most">The number of rows of a chunk; more, if only a larger number begins with a block.</param>
    public static IEnumerable<RowChunk> All(long outputs, long inputs, int blockSize, long most)
    {
        if (inputs == 0)
            yield break;

        var aligned = blockSize / GreatestDivisor(blockSize, inputs);
        var rows = (Math.Max(1, most) + aligned - 1) / aligned * aligned;
        for (var start = 0L; start < outputs; start += rows)
            yield return new RowChunk(start, Math.Min(rows, outputs - start));
    }

    private static long GreatestDivisor(long one, long other) => other == 0 ? one : GreatestDivisor(other, one % other);
}
