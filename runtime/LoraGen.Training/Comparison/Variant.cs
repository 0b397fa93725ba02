using System.Globalization;

namespace LoraGen.Training.Comparison;

/// <summary>What is compared: a method, or a method with other values of its options.</summary>
/// <param name="Method">The name of the method.</param>
/// <param name="LearningRates">
/// The learning rates to try. With several, and those that <see cref="ComparisonPlan.MaxAddedRates"/> adds, the one with the best validation quality is chosen
/// with the first seed, and all seeds use it.
/// </param>
public sealed record Variant(string Method, IReadOnlyList<double> LearningRates)
{
    /// <summary>The values of options, by name; empty by default.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The method and its options, such as <c>lora rank=8</c>. It is unique in a comparison.</summary>
    public string Name
    {
        get
        {
            var options = Options.OrderBy(option => option.Key, StringComparer.Ordinal).Select(option => $"{option.Key}={option.Value}");
            return string.Join(' ', options.Prepend(Method));
        }
    }

    /// <summary>A variant for each value of an option: <c>new Variant("lora", [1e-3]).Sweep("rank", 8, 16, 32, 64)</c>.</summary>
    /// <param name="option">The name of the option.</param>
    /// <param name="values">Its values.</param>
    public IReadOnlyList<Variant> Sweep(string option, params object[] values)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(option);
        ArgumentNullException.ThrowIfNull(values);
        return [.. values.Select(value => this with { Options = new Dictionary<string, string>(Options) { [option] = Text(value) } })];
    }

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
