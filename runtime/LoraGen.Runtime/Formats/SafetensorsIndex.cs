namespace LoraGen.Formats;

/// <summary>The <c>model.safetensors.index.json</c> of a sharded checkpoint: which file in the same folder contains which tensor.</summary>
internal static class SafetensorsIndex
{
    private const string Map = "weight_map";

    /// <summary>The shard's file name for each tensor's name.</summary>
    /// <exception cref="InvalidDataException">It is not such an index, or a shard's name leads out of the folder.</exception>
    public static Dictionary<string, string> Read(IByteSource source)
    {
        if (source.Length > SafetensorsHeader.MostBytes)
            throw new InvalidDataException($"{source.Name}: it has {source.Length} bytes, and the most for an index is {SafetensorsHeader.MostBytes}.");

        var text = new byte[source.Length];
        source.Read(0, text);
        var json = new JsonText(text, source.Name, "the index");
        Dictionary<string, string>? shards = null;
        json.BeginObject("the index");
        while (json.NextName() is { } name)
        {
            if (name != Map)
                json.Skip();
            else if (shards is null)
                shards = ReadMap(ref json);
            else
                throw json.Error($"it has {Map} twice");
        }

        json.End();
        return shards ?? throw json.Error($"it has no {Map}");
    }

    private static Dictionary<string, string> ReadMap(ref JsonText json)
    {
        var shards = new Dictionary<string, string>(StringComparer.Ordinal);
        json.BeginObject(Map);
        while (json.NextName() is { } tensor)
        {
            var shard = json.String($"{Map}, {JsonText.Quote(tensor)},");
            if (!IsPlainName(shard))
            {
                throw json.Error(
                    $"{Map} has tensor {JsonText.Quote(tensor)} in {JsonText.Quote(shard)}; a shard must be a file name without a folder, beside "
                    + "the index");
            }

            if (!shards.TryAdd(tensor, shard))
                throw json.Error($"{Map} has tensor {JsonText.Quote(tensor)} twice");
        }

        return shards;
    }

    // A path on any system is refused on all of them.
    private static bool IsPlainName(string name)
    {
        return name.Length > 0 && name is not ("." or "..") && name.AsSpan().IndexOfAny("/\\:") < 0 && !name.Any(char.IsControl);
    }
}
