namespace LoraGen.Training.Tokens;

/// <summary>
/// Which documents share a row: best fit, the longest documents first (Johnson et al. 1974), which never uses more than 11/9 of the fewest rows, plus four.
/// </summary>
internal static class Packing
{
    /// <summary>The documents of each row, in their own order.</summary>
    /// <param name="lengths">The length of each document, at most <paramref name="capacity"/>.</param>
    /// <param name="capacity">The length of a row.</param>
    public static IReadOnlyList<IReadOnlyList<int>> BestFit(IReadOnlyList<int> lengths, int capacity)
    {
        var rows = new List<List<int>>();
        var spaces = new SortedSet<(int Space, int Row)>();
        foreach (var document in Enumerable.Range(0, lengths.Count).OrderByDescending(index => lengths[index]))
        {
            var length = lengths[document];
            // The smallest space that is large enough; of several rows with it, the first.
            var fitting = spaces.GetViewBetween((length, 0), (capacity, int.MaxValue));
            var (space, row) = fitting.Count > 0 ? fitting.Min : (capacity, rows.Count);
            if (row == rows.Count)
                rows.Add([]);
            else
                spaces.Remove((space, row));
            rows[row].Add(document);
            spaces.Add((space - length, row));
        }

        foreach (var row in rows)
            row.Sort();
        return rows;
    }
}
