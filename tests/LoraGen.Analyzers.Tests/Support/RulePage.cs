using System.Reflection;

namespace LoraGen.Analyzers.Tests;

/// <summary>A rule's page: docs/diagnostics/LORAnnnn.md.</summary>
internal sealed class RulePage
{
    private readonly string _text;

    private RulePage(string text) => _text = text;

    public static string Folder { get; } = Path.Combine(
        typeof(RulePage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!, "docs", "diagnostics");

    /// <summary>The code under "## Bad", where the rule fires.</summary>
    public string Bad => Code("## Bad");

    /// <summary>The code under "## Good", where it doesn't.</summary>
    public string Good => Code("## Good");

    public string Title => _text[..Math.Max(0, _text.IndexOf('\n'))];

    public string Text => _text;

    public static RulePage Of(string id)
    {
        var path = Path.Combine(Folder, $"{id}.md");
        return new RulePage(File.Exists(path) ? File.ReadAllText(path) : throw new FileNotFoundException($"{id} has no page docs/diagnostics/{id}.md.", path));
    }

    private string Code(string heading)
    {
        var section = _text.IndexOf($"\n{heading}\n", StringComparison.Ordinal);
        Assert.True(section >= 0, $"The page lacks the heading \"{heading}\".");
        const string Fence = "```csharp\n";
        var start = _text.IndexOf(Fence, section, StringComparison.Ordinal) + Fence.Length;
        return _text[start.._text.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
