using System.Text.Json.Serialization;

namespace LoraGen.Training.Registry;

/// <summary>A trained adapter in a registry, with what it was made of and how good it is.</summary>
public sealed record TrainedVersion
{
    /// <summary>Its name, unique in the registry: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, which begins with a letter or digit.</summary>
    public required string Name { get; init; }

    /// <summary>When it was registered, in UTC.</summary>
    public DateTimeOffset Registered { get; init; }

    /// <summary>How it was trained, such as the method, the learning rate and the seed, by name.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();

    /// <summary>What was measured, such as the accuracy, the peak memory and the time of a step, by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The hash of the training data, such as that of <see cref="Reading.DataFiles.Hash"/>; null if it isn't known.</summary>
    public string? DataHash { get; init; }

    /// <summary>The hash of the base model's weights; null if it isn't known.</summary>
    public string? BaseHash { get; init; }

    /// <summary>The hash of the adapter's files (<see cref="Reading.DataFiles.Hash"/>), computed when it is registered.</summary>
    public string AdapterHash { get; init; } = "";

    /// <summary>The folder of the adapter's files, for <c>AttachLoraFrom</c> and <c>AttachLoraForInference</c>.</summary>
    [JsonIgnore]
    public string AdapterFolder { get; init; } = "";
}
