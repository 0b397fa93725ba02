using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Tests.Files;

/// <summary>The presets of the property LoraGenRules, in the package under build/config.</summary>
public sealed class PresetTests
{
    private static readonly Dictionary<string, (string What, Func<Rule, string> Severity)> Presets = new()
    {
        ["recommended"] = ("Each rule as it is by itself.", rule => rule.Descriptor.IsEnabledByDefault ? rule.Descriptor.DefaultSeverity.InConfig() : "none"),
        ["strict"] = ("Every rule is on: advice becomes a warning, a warning an error.", Stricter),
        ["off"] = ("No rule is on.", _ => "none"),
    };

    [Theory]
    [InlineData("recommended")]
    [InlineData("strict")]
    [InlineData("off")]
    public void It_sets_every_rule_as_the_compiler_reads_it(string preset)
    {
        Hold(preset);
        var path = Path.Combine(WrittenFile.RepositoryRoot, PathOf(preset));
        var set = AnalyzerConfigSet.Create(new[] { AnalyzerConfig.Parse(File.ReadAllText(path), path) }, out var faults);

        Assert.Empty(faults);
        Assert.Equal(
            AllRules.All.Select(rule => rule.Id),
            set.GlobalConfigOptions.TreeOptions.Keys.Select(id => id.ToUpperInvariant()).Order(StringComparer.Ordinal));
    }

    private static string Stricter(Rule rule)
    {
        return rule.Descriptor.DefaultSeverity >= DiagnosticSeverity.Warning ? "error" : "warning";
    }

    private static string PathOf(string preset) => $"runtime/LoraGen.Runtime/build/config/LoraGen.{preset}.globalconfig";

    private static void Hold(string preset)
    {
        var (what, severity) = Presets[preset];
        var lines = AllRules.All.Select(rule => $"# {rule.Title()}\ndotnet_diagnostic.{rule.Id}.severity = {severity(rule)}\n");
        WrittenFile.Verify(PathOf(preset), $"# {what}\nis_global = true\nglobal_level = -1\n\n{string.Concat(lines)}");
    }
}
