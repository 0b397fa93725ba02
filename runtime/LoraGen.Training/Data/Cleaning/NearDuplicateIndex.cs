namespace LoraGen.Training.Cleaning;

/// <summary>The texts that were kept, by the bands of their signatures.</summary>
internal sealed class NearDuplicateIndex(NearDuplicateOptions options)
{
    private readonly int _rows = MinHash.Rows(options.Threshold, options.Hashes);
    private readonly Dictionary<(int Band, ulong Key), List<int>> _bands = [];
    private readonly Dictionary<int, HashSet<ulong>> _kept = [];
    private int _count;

    /// <summary>Adds the next text; if it resembles one that was kept, the most similar of these is returned, and the text is not kept.</summary>
    public Duplicate? Add(string text)
    {
        var index = _count++;
        var shingles = MinHash.Shingles(text, options.WordsPerShingle);
        var bands = MinHash.Bands(MinHash.Signature(shingles, options.Hashes), _rows).ToArray();
        var most = bands.SelectMany(band => _bands.GetValueOrDefault(band) ?? []).Distinct()
            .Select(other => new Duplicate(index, other, MinHash.Similarity(shingles, _kept[other])))
            .Where(pair => pair.Similarity >= options.Threshold)
            .OrderByDescending(pair => pair.Similarity).ThenBy(pair => pair.Of)
            .Cast<Duplicate?>().FirstOrDefault();
        if (most is not null)
            return most;
        _kept.Add(index, shingles);
        foreach (var band in bands)
        {
            if (!_bands.TryGetValue(band, out var members))
                _bands.Add(band, members = []);
            members.Add(index);
        }

        return null;
    }
}
