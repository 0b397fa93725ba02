using LoraGen.Testing;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LoraGen.Analyzers.Tests;

/// <summary>What holds for every rule that has a fix.</summary>
public abstract class FixableRuleTests : RuleTests
{
    /// <summary>
    /// Code with the fault once, and what the fix makes of it. The first pair consists of type declarations alone, so that copies of it can stand in
    /// namespaces beside one another.
    /// </summary>
    protected abstract IReadOnlyList<(string Before, string After)> Fixes { get; }

    /// <summary>Additional files that stand beside the code of <see cref="Fixes"/> in every project.</summary>
    protected virtual IReadOnlyList<SourceFile> Beside => [];

    [Fact]
    public void The_fix_changes_what_it_says_and_no_more()
    {
        Assert.NotEmpty(Fixes);
        Assert.All(Fixes, pair => Assert.Equal(Text(pair.After), Join([.. Mended(pair.Before).Except(Beside)])));
    }

    [Fact]
    public void Fixed_code_compiles_without_the_fault()
    {
        // Found asserts that it compiles, with what is generated for it.
        Assert.All(Fixes, pair => Assert.Empty(Found(Mended(pair.Before))));
    }

    [Fact]
    public void The_generator_writes_an_adapter_for_the_fixed_model()
    {
        var generated = AnalyzedProject.Of(Mended(Fixes[0].Before)).Generated;
        Assert.Null(generated.Exception);
        Assert.NotEmpty(generated.GeneratedSources);
        Assert.DoesNotContain(generated.GeneratedSources, source => source.SourceText.ToString().Contains("No adapter", StringComparison.Ordinal));
    }

    [Fact]
    public void Fix_all_in_a_document()
    {
        var (before, after) = Fixes[0];
        var mended = MendAll(FixAllScope.Document, [Copies(before, 1, 2), Copies(before, 3)]);
        Assert.Equal([Copies(after, 1, 2), Copies(before, 3)], mended);
    }

    [Fact]
    public void Fix_all_in_a_project()
    {
        var (before, after) = Fixes[0];
        var mended = MendAll(FixAllScope.Project, [Copies(before, 1, 2), Copies(before, 3)], [Copies(before, 4)]);
        Assert.Equal([Copies(after, 1, 2), Copies(after, 3), Copies(before, 4)], mended);
    }

    [Fact]
    public void Fix_all_in_a_solution()
    {
        var (before, after) = Fixes[0];
        var mended = MendAll(FixAllScope.Solution, [Copies(before, 1, 2), Copies(before, 3)], [Copies(before, 4)]);
        Assert.Equal([Copies(after, 1, 2), Copies(after, 3), Copies(after, 4)], mended);
    }

    private IReadOnlyList<SourceFile> Mended(string before)
    {
        using var run = new FixRun(Id);
        return run.MendFirst([.. Clean(before), .. Beside]) ?? throw new HarnessException($"{Id} offers no fix here:\n{before}");
    }

    private IEnumerable<string> MendAll(FixAllScope scope, params string[][] projects)
    {
        using var run = new FixRun(Id);
        var files = projects
            .Select(IReadOnlyList<SourceFile> (texts) => [.. texts.Select((text, i) => new SourceFile($"File{i}.cs", text)), .. Beside])
            .ToArray();
        return run.MendAll(scope, files).SelectMany(project => project.Except(Beside).Select(file => file.Text)).ToArray();
    }

    private static string Copies(string code, params int[] numbers)
    {
        return string.Concat(numbers.Select(number => $"namespace Copy{number}\n{{\n{Indented(Text(code))}}}\n"));
    }

    private static string Indented(string text)
    {
        return string.Concat(text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : $"    {line}\n"));
    }

    private static string Text(string code) => Join(Clean(code));

    private static string Join(IReadOnlyList<SourceFile> files) => files.Count == 1 ? files[0].Text : SourceFiles.Join(files);
}
