using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Tests.Files;

/// <summary>The presets of the property LoraGenRules, in the package under build/config.</summary>
public sealed class PresetTests
{
    [Fact]
    public void Recommended_is_as_the_rules_are()
    {
        Hold("recommended", "Each rule as it is by itself.", rule => rule.Descriptor.IsEnabledByDefault ? rule.Descriptor.DefaultSeverity.InConfig() : "none");
    }

    [Fact]
    public void Strict_has_every_rule_on_and_a_step_higher() => Hold("strict", "Every rule is on: advice becomes a warning, a warning an error.", Stricter);

    [Fact]
    public void Off_has_none() => Hold("off", "No rule is on.", _ => "none");

    [Theory]
    [InlineData("recommended")]
    [InlineData("strict")]
    [InlineData("off")]
    public void The_compiler_reads_each(string preset)
    {
        var path = Path.Combine(WrittenFile.RepositoryRoot, PathOf(preset));
        var set = AnalyzerConfigSet.Create(new[] { AnalyzerConfig.Parse(File.ReadAllText(path), path) }, out var faults);

        Assert.Empty(faults);
        Assert.Equal(AllRules.All.Select(rule => rule.Id), set.GlobalConfigOptions.TreeOptions.Keys.Select(id => id.ToUpperInvariant()).Order(StringComparer.Ordinal));
    }

    private static string Stricter(Rule rule)
    {
        return rule.Descriptor.DefaultSeverity >= DiagnosticSeverity.Warning ? "error" : "warning";
    }

    private static string PathOf(string preset) => $"runtime/LoraGen.Runtime/build/config/LoraGen.{preset}.globalconfig";

    private static void Hold(string preset, string what, Func<Rule, string> severity)
    {
        var lines = AllRules.All.Select(rule => $"# {rule.Title()}\ndotnet_diagnostic.{rule.Id}.severity = {severity(rule)}\n");
        WrittenFile.Hold(PathOf(preset), $"# {what}\nis_global = true\nglobal_level = -1\n\n{string.Concat(lines)}");
    }
}
