namespace LoraGen.Training.Tokens;

/// <summary>Which rows each batch of an epoch has: a function of the rows' lengths, the options and the epoch.</summary>
internal static class BatchOrder
{
    public static long Count(int rows, BatchOptions options)
    {
        return options.DropLast ? rows / options.BatchSize : (rows + options.BatchSize - 1) / options.BatchSize;
    }

    public static int[][] Of(int rows, BatchOptions options, long epoch)
    {
        return Chunks(Rows(rows, options, epoch), options);
    }

    /// <summary>The order with rows of similar length in a batch: they are sorted within a number of batches.</summary>
    public static int[][] Of(int rows, Func<int, int> length, int batches, BatchOptions options, long epoch)
    {
        if (batches == 0)
            return Of(rows, options, epoch);
        // A stable sort: rows of one length stay in their random order.
        var sorted = Rows(rows, options, epoch).Chunk(batches * options.BatchSize).SelectMany(bucket => bucket.OrderBy(length)).ToArray();
        var chunks = Chunks(sorted, options);
        if (options.Seed is { } seed)
            SeededShuffle.Shuffle(chunks, SplitMix64.Of(~seed, epoch));
        return chunks;
    }

    private static int[] Rows(int rows, BatchOptions options, long epoch)
    {
        return options.Seed is { } seed ? SeededShuffle.Order(rows, seed, epoch) : Enumerable.Range(0, rows).ToArray();
    }

    private static int[][] Chunks(int[] rows, BatchOptions options)
    {
        var chunks = rows.Chunk(options.BatchSize);
        return [.. options.DropLast ? chunks.Where(chunk => chunk.Length == options.BatchSize) : chunks];
    }
}
