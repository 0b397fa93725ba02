using System.Collections.Immutable;
using LoraGen.Analyzers;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace LoraGen.Verifiers;

/// <summary>Rules over a project that compiles, with what the generator adds.</summary>
internal sealed class RuleTest : CSharpAnalyzerTest<EmptyDiagnosticAnalyzer, DefaultVerifier>
{
    private readonly IReadOnlyCollection<Rule> _rules;
    private readonly List<Diagnostic> _taken = [];
    private Func<Diagnostic, bool> _isTaken = _ => false;

    private RuleTest(IReadOnlyCollection<Rule> rules, IEnumerable<SourceFile> files, string? editorConfig = null)
    {
        _rules = rules;
        ReferenceAssemblies = LoraProject.Framework;
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipGeneratedCodeCheck | TestBehaviors.SkipSuppressionCheck;
        LoraProject.Fill(TestState, files);
        if (editorConfig is not null)
            TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\n{editorConfig}\n"));
        var options = TestedRule.Options(rules, editorConfig is not null);
        SolutionTransforms.Add((solution, _) => LoraWorkspace.WithOptions(solution, options));
    }

    /// <summary>The rule fires where <c>{|LORA1001:…|}</c> marks it, and nowhere else.</summary>
    /// <param name="code">Files begun by <c>// file: Name.cs</c>, or one without; usings are there, and the model <c>Net</c> for code that names it.</param>
    public static Task Check(Rule rule, string code) => new RuleTest([rule], SourceFiles.Split(code)).RunAsync();

    /// <summary>The rule fires where it is marked, and says this at the first mark; a pragma silences it.</summary>
    public static Task Check(Rule rule, string code, string message)
    {
        var mark = $"{{|{rule.Id}:";
        var first = code.IndexOf(mark, StringComparison.Ordinal);
        var test = new RuleTest([rule], SourceFiles.Split($"{code[..first]}{{|#0:{code[(first + mark.Length)..]}"));
        test.TestBehaviors &= ~TestBehaviors.SkipSuppressionCheck;
        var expected = new DiagnosticResult(rule.Descriptor).WithLocation(0).WithMessage(message).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations);
        test.ExpectedDiagnostics.Add(expected);
        return test.RunAsync();
    }

    /// <summary>What rules find in code that otherwise compiles; in order of the text.</summary>
    /// <param name="editorConfig">A line of an <c>.editorconfig</c> for the code.</param>
    public static async Task<IReadOnlyList<Diagnostic>> Find(IReadOnlyCollection<Rule> rules, IEnumerable<SourceFile> files, string? editorConfig = null)
    {
        var ids = rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        var test = new RuleTest(rules, files, editorConfig) { _isTaken = diagnostic => ids.Contains(diagnostic.Id) };
        return await test.Take().ConfigureAwait(false);
    }

    /// <summary>What the rules that are on by default find in code that otherwise compiles; in order of the text.</summary>
    public static Task<IReadOnlyList<Diagnostic>> FindByDefault(IEnumerable<SourceFile> files) =>
        Find([.. AllRules.All.Where(rule => rule.Descriptor.IsEnabledByDefault)], files);

    /// <summary>The errors of code that may not even parse, and what a rule finds in it.</summary>
    public static Task<IReadOnlyList<Diagnostic>> FindWithErrors(Rule rule, IEnumerable<SourceFile> files) =>
        new RuleTest([rule], files) { _isTaken = _ => true }.Take();

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => TestedRule.AnalyzersOf(_rules);

    protected override Task<Workspace> CreateWorkspaceImplAsync() => Task.FromResult(LoraWorkspace.Create());

    protected override Project ApplyCompilationOptions(Project project) => project;

    protected override Task<(Compilation, ImmutableArray<Diagnostic>)> GetProjectCompilationAsync(
        Project project, IVerifier verifier, CancellationToken cancellationToken) => LoraWorkspace.Generate(project, cancellationToken);

    protected override ImmutableArray<(Project project, Diagnostic diagnostic)> SortDistinctDiagnostics(
        ImmutableArray<(Project project, Diagnostic diagnostic)> diagnostics)
    {
        var sorted = base.SortDistinctDiagnostics(diagnostics);
        _taken.AddRange(sorted.Select(each => each.diagnostic).Where(_isTaken));
        return sorted.RemoveAll(each => _isTaken(each.diagnostic));
    }

    private async Task<IReadOnlyList<Diagnostic>> Take()
    {
        TestState.MarkupHandling = MarkupMode.Ignore;
        await RunAsync().ConfigureAwait(false);
        return _taken;
    }
}
