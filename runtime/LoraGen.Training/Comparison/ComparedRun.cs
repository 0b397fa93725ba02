using System.Text.Json.Serialization;
using LoraGen.Training.Reporting;

namespace LoraGen.Training.Comparison;

/// <summary>A run of a comparison, which is a process of its own.</summary>
public sealed record ComparedRun
{
    /// <summary>The name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>The values of its options, by name.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The seed.</summary>
    public required long Seed { get; init; }

    /// <summary>The settings of the comparison.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>A folder for the files of the run, such as its adapter. It exists, and is deleted after the run.</summary>
    public string Folder { get; init; } = "";

    /// <summary>For example <c>lora rank=8, learning rate 0.001, seed 0</c>.</summary>
    [JsonIgnore]
    public string Name => FormattableString.Invariant(
        $"{new Variant(Method, []) { Options = Options }.Name}, learning rate {NumberText.Rate(LearningRate)}, seed {Seed}");

    /// <summary>The value of a setting.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyNotFoundException">The comparison has no such setting.</exception>
    public string Setting(string name)
    {
        var known = Settings.Keys.Order(StringComparer.Ordinal);
        return Settings.TryGetValue(name, out var value)
            ? value
            : throw new KeyNotFoundException($"The comparison has no setting \"{name}\". It has: {string.Join(", ", known)}.");
    }
}
