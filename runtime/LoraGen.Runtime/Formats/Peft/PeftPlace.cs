namespace LoraGen.Formats;

/// <summary>The two files of an adapter in a folder, and what a folder without them has instead.</summary>
internal static class PeftPlace
{
    public const string TensorsName = "adapter_model.safetensors";

    private const string PickledName = "adapter_model.bin";
    private const string DefaultName = "default";
    private const int MostNamed = 5;

    /// <summary>The folder itself for the adapter <c>default</c>, otherwise a subfolder of its name.</summary>
    public static string Of(string folder, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return name == DefaultName ? folder : Path.Combine(folder, name);
    }

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">One of the two files is missing. The message says what is there instead.</exception>
    /// <exception cref="InvalidDataException">The folder is a file, or a file is a folder.</exception>
    public static void EnsureComplete(string folder, string name)
    {
        var place = Of(folder, name);
        if (File.Exists(place))
            throw new InvalidDataException($"\"{place}\" is a file, expected the folder in which an adapter was saved.");
        if (!Directory.Exists(place))
            throw new DirectoryNotFoundException($"There is no folder \"{place}\".{OfAnotherName(folder, name)}");

        var config = FileIn(place, PeftConfig.FileName);
        if (!File.Exists(config))
            throw new FileNotFoundException(NoAdapter(folder, name, place), config);

        var tensors = FileIn(place, TensorsName);
        if (!File.Exists(tensors))
            throw new FileNotFoundException(NoTensors(place), tensors);
    }

    private static string FileIn(string place, string name)
    {
        var path = Path.Combine(place, name);
        return Directory.Exists(path) ? throw new InvalidDataException($"\"{path}\" is a folder, expected a file.") : path;
    }

    private static string NoAdapter(string folder, string name, string place)
    {
        var start = $"\"{place}\" holds no {PeftConfig.FileName}, so it is not a PEFT adapter's folder.";
        var adapters = AdaptersIn(place);
        if (adapters.Length == 0)
            return start + OfAnotherName(folder, name);

        return $"{start} It has adapters in subfolders: {Listed(adapters)}, as PEFT saves those that are not named \"{DefaultName}\". "
            + $"Name one of these folders, such as \"{Path.Combine(place, adapters[0])}\", and attach it as name: \"{DefaultName}\""
            + (name == DefaultName ? $", or name: \"{adapters[0]}\" with this folder." : ".");
    }

    // The adapter is looked for in a subfolder, but it is elsewhere.
    private static string OfAnotherName(string folder, string name)
    {
        if (name == DefaultName || !Directory.Exists(folder))
            return string.Empty;
        if (File.Exists(Path.Combine(folder, PeftConfig.FileName)))
            return $" \"{folder}\" itself has an adapter: to read it, attach it as name: \"{DefaultName}\".";

        return AdaptersIn(folder) is { Length: > 0 } adapters
            ? $" \"{folder}\" has the adapters {Listed(adapters)}: attach it under one of these names."
            : string.Empty;
    }

    private static string NoTensors(string place)
    {
        if (!File.Exists(Path.Combine(place, PickledName)))
            return $"\"{place}\" has {PeftConfig.FileName}, but no {TensorsName}. Copy or download that file too.";

        return $"\"{place}\" has its weights only in {PickledName}, a pickle, which LoraGen does not read because loading one runs code. Convert it in Python: "
            + $"safetensors.torch.save_file(torch.load(\"{PickledName}\", map_location=\"cpu\", weights_only=True), \"{TensorsName}\", {{\"format\": \"pt\"}})";
    }

    private static string[] AdaptersIn(string folder)
    {
        var inner = Directory.GetDirectories(folder).Where(path => File.Exists(Path.Combine(path, PeftConfig.FileName)));
        return [.. inner.Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
    }

    private static string Listed(string[] names) => string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? ", …" : string.Empty);
}
