using System.Text.Json;

namespace Samples.Models.Tests.Tokenizing.Oracle;

/// <summary>The texts that get other tokens than by Hugging Face's library, and why: <c>Differences.json</c>.</summary>
internal static class Differences
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<Difference> All { get; } =
        JsonSerializer.Deserialize<Difference[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Tokenizing/Oracle/Differences.json")), Options)!;

    public static IEnumerable<string> Of(string name) => All.Where(difference => difference.Cases.Contains(name)).SelectMany(difference => difference.Texts);

    /// <param name="Cause">Why they differ.</param>
    /// <param name="Cases">In which tokenizers.</param>
    /// <param name="Texts">The texts, as <see cref="OracleTexts.Name"/> writes them.</param>
    internal sealed record Difference(string Cause, string[] Cases, string[] Texts);
}
