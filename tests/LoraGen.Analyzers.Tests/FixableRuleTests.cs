using LoraGen.Testing;

namespace LoraGen.Analyzers.Tests;

/// <summary>What holds for every rule that has a fix.</summary>
public abstract class FixableRuleTests : RuleTests
{
    /// <summary>
    /// Code with the fault once, and what the fix makes of it. The first pair consists of type declarations alone, so that
    /// several namespaces can hold copies of it.
    /// </summary>
    protected abstract IReadOnlyList<(string Before, string After)> Fixes { get; }

    /// <summary>Additional files of every project that has the code of <see cref="Fixes"/>.</summary>
    protected virtual IReadOnlyList<SourceFile> Beside => [];

    [Fact]
    public async Task The_fix_changes_what_it_says_and_no_more()
    {
        Assert.NotEmpty(Fixes);
        await Assert.AllAsync(Fixes, pair => FixTest.Check(Rule, [.. Clean(pair.Before), .. Beside], [.. Clean(pair.After), .. Beside]));
    }

    [Fact]
    public Task Fix_all_in_a_document_a_project_and_a_solution() => FixTest.CheckAll(Rule, Copies(Fixes[0].Before), Copies(Fixes[0].After), Beside);

    [Fact]
    public void No_fixed_model_is_left_without_its_adapter()
    {
        var generated = GeneratedFiles.Of([.. Clean(Fixes[0].After), .. Beside]);
        Assert.DoesNotContain(generated, text => text.Contains("No adapter", StringComparison.Ordinal));
    }

    private static SourceTriple Copies(string code) => new(Copy(code, 1) + Copy(code, 2), Copy(code, 3), Copy(code, 4));

    private static string Copy(string code, int number) => $"namespace Copy{number}\n{{\n{Indented(Assert.Single(Clean(code)).Text)}}}\n";

    private static string Indented(string text)
    {
        return string.Concat(text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line}\n"));
    }
}
