namespace LoraGen.Formats;

/// <summary>Opens the files of a sharded checkpoint, which must contain exactly the tensors of the index.</summary>
internal static class SafetensorsShards
{
    private const string OtherCheckpoint = "The index and the files are from different checkpoints; download all of them again.";

    public static IReadOnlyList<SafetensorsFile> Open(string index, bool map)
    {
        var places = PlacesOf(index);
        var folder = Path.GetDirectoryName(Path.GetFullPath(index))!;
        var files = new List<SafetensorsFile>();
        try
        {
            var shards = places.GroupBy(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal);
            foreach (var shard in shards.OrderBy(shard => shard.Key, StringComparer.Ordinal))
            {
                var file = Open(index, Path.Combine(folder, shard.Key), shard, map);
                files.Add(file);
                EnsureAgree(index, places, file, shard);
            }
        }
        catch
        {
            foreach (var file in files)
                file.Dispose();
            throw;
        }

        return files;
    }

    private static Dictionary<string, string> PlacesOf(string index)
    {
        using var source = new FileBytes(index);
        return SafetensorsIndex.Read(source);
    }

    private static SafetensorsFile Open(string index, string path, IGrouping<string, string> shard, bool map)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"{index}: {shard.Count()} tensors, of which {JsonText.Quote(shard.First())}, are in {JsonText.Quote(shard.Key)}, which does not exist. "
                + "Download the missing file too.",
                path);
        }

        return SafetensorsFile.Open(path, map);
    }

    private static void EnsureAgree(string index, Dictionary<string, string> places, SafetensorsFile file, IGrouping<string, string> shard)
    {
        if (shard.FirstOrDefault(name => !file.Contains(name)) is { } missing)
        {
            throw new InvalidDataException(
                $"{index}: tensor {JsonText.Quote(missing)} should be in {JsonText.Quote(shard.Key)}, which does not have it. "
                + OtherCheckpoint);
        }

        if (file.Tensors.FirstOrDefault(tensor => !places.TryGetValue(tensor.Name, out var place) || place != shard.Key) is { } extra)
        {
            var said = places.TryGetValue(extra.Name, out var place) ? $"the index has it in {JsonText.Quote(place)}" : "the index does not list it";
            throw new InvalidDataException(
                $"{index}: {JsonText.Quote(shard.Key)} has tensor {JsonText.Quote(extra.Name)}, and {said}. {OtherCheckpoint}");
        }
    }
}
