using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>A PEFT <c>adapter_config.json</c> among the project's additional files.</summary>
internal sealed class AdapterConfig
{
    private const string FileName = "adapter_config.json";

    private readonly Dictionary<string, object?> _values;

    private AdapterConfig(string path, Dictionary<string, object?> values)
    {
        Path = path;
        _values = values;
    }

    /// <summary>The path as it was passed to the compiler.</summary>
    public string Path { get; }

    /// <summary>The file's name, with the folder that identifies the adapter.</summary>
    public string ShortPath => Segments(Path) is var segments && segments.Length > 1 ? string.Join("/", segments.Skip(segments.Length - 2)) : Path;

    /// <summary>Whether the config is for LoRA, or names no method.</summary>
    public bool IsLora => !_values.TryGetValue("peft_type", out var type) || type is "LORA";

    /// <summary>The configs among the files; only JSON objects count.</summary>
    public static IReadOnlyList<AdapterConfig> AllOf(IEnumerable<AdditionalText> files, CancellationToken cancellation)
    {
        return [.. files.Where(file => IsConfig(file.Path)).Select(file => Read(file, cancellation)).OfType<AdapterConfig>()];
    }

    /// <summary>Whether its folder, or the part of its name before <c>.adapter_config.json</c>, is the adapter's name.</summary>
    public bool IsNamed(string name)
    {
        var segments = Segments(Path);
        var file = segments[segments.Length - 1];
        var folder = segments.Length > 1 ? segments[segments.Length - 2] : string.Empty;
        var own = file.Length > FileName.Length ? file.Substring(0, file.Length - FileName.Length - 1) : folder;
        return string.Equals(own, name, StringComparison.OrdinalIgnoreCase);
    }

    public T? Get<T>(string key)
        where T : struct => _values.TryGetValue(key, out var value) && value is T typed ? typed : null;

    /// <summary>A list of strings; null for anything else, such as a regular expression.</summary>
    public IReadOnlyList<string>? Strings(string key)
    {
        return _values.TryGetValue(key, out var value) && value is List<object?> list && list.All(item => item is string) ? [.. list.Cast<string>()] : null;
    }

    private static AdapterConfig? Read(AdditionalText file, CancellationToken cancellation)
    {
        return file.GetText(cancellation) is { } text && JsonReader.TryRead(text.ToString(), out var value) && value is Dictionary<string, object?> values
            ? new AdapterConfig(file.Path, values)
            : null;
    }

    private static bool IsConfig(string path)
    {
        var segments = Segments(path);
        var file = segments[segments.Length - 1];
        return file.Equals(FileName, StringComparison.OrdinalIgnoreCase) || file.EndsWith($".{FileName}", StringComparison.OrdinalIgnoreCase);
    }

    private static string[] Segments(string path) => path.Split('/', '\\').Where(segment => segment.Length > 0).DefaultIfEmpty(string.Empty).ToArray();
}
