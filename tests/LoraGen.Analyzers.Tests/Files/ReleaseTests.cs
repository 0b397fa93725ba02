namespace LoraGen.Analyzers.Tests.Files;

/// <summary>The files by which Roslyn's own tools follow which rules have been released: shipped rules are in the one, all others in the other.</summary>
public sealed class ReleaseTests
{
    private const string Folder = "analyzers/LoraGen.Analyzers";

    [Fact]
    public void Each_rule_is_in_one_of_them()
    {
        var shipped = File.ReadAllText(Path.Combine(WrittenFile.RepositoryRoot, Folder, "AnalyzerReleases.Shipped.md"));
        var rows = AllRules.All
            .Where(rule => !shipped.Contains($"\n{rule.Id} | ", StringComparison.Ordinal))
            .Select(rule => $"{rule.Id} | {rule.Descriptor.Category} | {Severity(rule)} | {rule.Title()}\n");

        WrittenFile.Verify(
            $"{Folder}/AnalyzerReleases.Unshipped.md",
            "### New Rules\n\nRule ID | Category | Severity | Notes\n"
            + $"--------|----------|----------|-------\n{string.Concat(rows)}");
    }

    private static string Severity(Rule rule) => rule.Descriptor.IsEnabledByDefault ? rule.Descriptor.DefaultSeverity.ToString() : "Disabled";
}
