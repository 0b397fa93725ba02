namespace LoraGen.Formats;

/// <summary>The header's text: metadata, and the description of each tensor by its name.</summary>
internal static class SafetensorsHeaderJson
{
    public const string MetadataName = "__metadata__";

    // More dimensions than torch supports.
    private const int MostDimensions = 64;

    public static void Read(ReadOnlySpan<byte> text, string file, Dictionary<string, SafetensorsTensor> tensors, Dictionary<string, string> metadata)
    {
        var json = new JsonText(text, file, "its header");
        if (text.IsEmpty || text[0] != '{')
            throw json.Error("its header should begin with {" + (text.IsEmpty ? ", is empty" : $", begins with byte 0x{text[0]:X2}"));

        var hasMetadata = false;
        json.BeginObject("its header");
        while (json.NextName() is { } name)
        {
            if (name == MetadataName)
            {
                if (hasMetadata)
                    throw json.Error($"its header has {MetadataName} twice");
                hasMetadata = true;
                ReadMetadata(ref json, metadata);
            }
            else if (!tensors.TryAdd(name, Tensor(ref json, name)))
            {
                throw json.Error($"its header has tensor {JsonText.Quote(name)} twice");
            }
        }

        json.End();
    }

    private static void ReadMetadata(ref JsonText json, Dictionary<string, string> metadata)
    {
        json.BeginObject(MetadataName);
        while (json.NextName() is { } key)
        {
            if (!metadata.TryAdd(key, json.String($"{MetadataName}, {JsonText.Quote(key)},")))
                throw json.Error($"{MetadataName} has {JsonText.Quote(key)} twice");
        }
    }

    private static SafetensorsTensor Tensor(ref JsonText json, string name)
    {
        var what = $"tensor {JsonText.Quote(name)}";
        string? dtype = null;
        long[]? shape = null;
        long[]? offsets = null;
        json.BeginObject(what);
        while (json.NextName() is { } field)
        {
            switch (field)
            {
                case "dtype" when dtype is null:
                    dtype = json.String($"{what}: its dtype");
                    break;
                case "shape" when shape is null:
                    shape = json.Numbers($"{what}: its shape", MostDimensions);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = json.Numbers($"{what}: its data_offsets", 2);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw json.Error($"{what}: it has {field} twice");
                default:
                    json.Skip();
                    break;
            }
        }

        if (dtype is null || shape is null || offsets is null)
            throw json.Error($"{what}: it has no {(dtype is null ? "dtype" : shape is null ? "shape" : "data_offsets")}");
        if (offsets.Length != 2)
            throw json.Error($"{what}: its data_offsets should be two numbers, begin and end, are {offsets.Length}");
        if (SafetensorsDtype.Find(dtype) is not { } known)
            throw json.Error($"{what}: its dtype {JsonText.Quote(dtype)} is not one of the supported types: {SafetensorsDtype.Known}");
        return new SafetensorsTensor(name, known, shape, offsets[0], offsets[1]);
    }
}
