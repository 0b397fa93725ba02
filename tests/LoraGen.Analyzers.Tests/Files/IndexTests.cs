namespace LoraGen.Analyzers.Tests.Files;

/// <summary>The index of the pages: docs/diagnostics/README.md.</summary>
public sealed class IndexTests
{
    private const string Path = "docs/diagnostics/README.md";

    [Fact]
    public void It_lists_every_rule()
    {
        var rows = AllRules.All.Select(rule =>
            $"| [{rule.Id}]({rule.Id}.md) | {rule.Title()} | {rule.Descriptor.DefaultSeverity} "
            + $"| {(rule.Descriptor.IsEnabledByDefault ? "on" : "off")} | {(rule.Fix == FixKind.None ? "" : "yes")} |\n");
        var table = $"| Rule | What is wrong | Severity | By default | Fix |\n|---|---|---|---|---|\n{string.Concat(rows)}";

        WrittenFile.Verify(Path, $"{table}\n{FixRatio()}\n", ("<!-- rules -->", "<!-- /rules -->"));
    }

    private static string FixRatio()
    {
        var (all, withFix) = (AllRules.All.Count, AllRules.All.Count(rule => rule.Fix != FixKind.None));
        return FormattableString.Invariant($"{all} rules; {withFix} of them have a fix ({100 * withFix / all} %).");
    }
}
