using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LoraGen.Analyzers;
using LoraGen.CodeFixes;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Testing.Model;

namespace LoraGen.Verifiers;

/// <summary>One rule's fix in projects that compile, with what the generator adds, before it and after it.</summary>
internal sealed class FixTest : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, EmptyCodeFixProvider, DefaultVerifier>
{
    private const string Second = "Second";

    // What belongs to a scope doesn't depend on Roslyn's version, so the later one fixes the solution alone.
    private const CodeFixTestBehaviors SolutionAlone = CodeFixTestBehaviors.SkipFixAllInDocumentCheck | CodeFixTestBehaviors.SkipFixAllInProjectCheck;

    private readonly Rule _rule;
    private readonly ConcurrentDictionary<string, Task<Project>> _projects = new(StringComparer.Ordinal);

    private readonly ConditionalWeakTable<Compilation, CompilationWithAnalyzers> _analyses = [];

    private FixTest(Rule rule)
    {
        _rule = rule;
        ReferenceAssemblies = LoraProject.Framework;
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipGeneratedCodeCheck | TestBehaviors.SkipSuppressionCheck;
        var options = TestedRule.Options([rule], isConfigured: false);
        SolutionTransforms.Add((solution, _) => LoraWorkspace.WithOptions(solution, options));
    }

    /// <summary>The fixes, a class each.</summary>
    public static IReadOnlyList<Fix> Fixes { get; } =
    [
        .. typeof(Fix).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Fix)))
            .Select(type => (Fix)Activator.CreateInstance(type)!),
    ];

    /// <summary>One fix makes <paramref name="after"/> of <paramref name="before"/>, in which the rule then finds nothing.</summary>
    public static Task Check(Rule rule, IEnumerable<SourceFile> before, IEnumerable<SourceFile> after)
    {
        var test = new FixTest(rule) { NumberOfIncrementalIterations = 1 };
        test.CodeFixTestBehaviors |= CodeFixTestBehaviors.SkipFixAllCheck;
        LoraProject.Fill(test.TestState, before);
        LoraProject.Fill(test.FixedState, after);
        return test.RunAsync();
    }

    /// <summary>
    /// "Fix all" in a document, a project and the solution fixes every fault of its scope and no other: two projects, of which the first has two files, get
    /// from <paramref name="before"/> to <paramref name="after"/> in as many steps as there are documents, projects and solutions.
    /// </summary>
    /// <param name="others">Files of both projects.</param>
    public static Task CheckAll(Rule rule, SourceTriple before, SourceTriple after, IReadOnlyList<SourceFile> others)
    {
        var test = new FixTest(rule) { NumberOfFixAllIterations = 1, NumberOfFixAllInProjectIterations = 2, NumberOfFixAllInDocumentIterations = 3 };
        Verify.True(test.GetCodeFixProviders().All(fix => fix.GetFixAllProvider() is not null), $"{rule.Id} can't be fixed everywhere at once.");
        if (LoraWorkspace.IsLaterRoslyn)
            test.CodeFixTestBehaviors |= SolutionAlone;
        Fill(test.TestState, before, others);
        Fill(test.FixedState, after, others);
        return test.RunAsync();
    }

    protected override async Task RunImplAsync(CancellationToken cancellationToken)
    {
        ExpectedDiagnostics.AddRange(await Find(cancellationToken).ConfigureAwait(false));
        await base.RunImplAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => TestedRule.AnalyzersOf([_rule]);

    protected override IEnumerable<CodeFixProvider> GetCodeFixProviders() => [Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(_rule.Id))];

    protected override Task<Workspace> CreateWorkspaceImplAsync() => Task.FromResult(LoraWorkspace.Create());

    // The states before and after are used six times.
    protected override Task<Project> CreateProjectImplAsync(
        EvaluatedProjectState primaryProject, ImmutableArray<EvaluatedProjectState> additionalProjects, CancellationToken cancellationToken)
    {
        var sources = additionalProjects.Insert(0, primaryProject).SelectMany(project => project.Sources);
        var text = string.Concat(sources.Select(source => source.content.ToString()));
        return _projects.GetOrAdd(text, _ => base.CreateProjectImplAsync(primaryProject, additionalProjects, cancellationToken));
    }

    // It keeps what it has found, so each state is analyzed once.
    protected override CompilationWithAnalyzers CreateCompilationWithAnalyzers(
        Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, AnalyzerOptions options, CancellationToken cancellationToken) =>
        _analyses.GetValue(compilation, key => base.CreateCompilationWithAnalyzers(key, analyzers, options, CancellationToken.None));

    protected override Project ApplyCompilationOptions(Project project) => project;

    protected override Task<(Compilation, ImmutableArray<Diagnostic>)> GetProjectCompilationAsync(
        Project project, IVerifier verifier, CancellationToken cancellationToken) => LoraWorkspace.Generate(project, cancellationToken);

    private static void Fill(SolutionState solution, SourceTriple sources, IReadOnlyList<SourceFile> others)
    {
        LoraProject.Fill(solution, [new("File0.cs", sources.First), new("File1.cs", sources.Second), .. others]);
        LoraProject.Fill(solution.AdditionalProjects[Second], [new("Second.cs", sources.Other), .. others], "/Second/");
    }

    // Where a rule fires is what its own tests say; these expect what it finds, and fix it.
    private async Task<IEnumerable<DiagnosticResult>> Find(CancellationToken cancellationToken)
    {
        var projects = TestState.AdditionalProjects.Values.Select(each => new EvaluatedProjectState(each, ReferenceAssemblies)).ToImmutableArray();
        var project = await CreateProjectAsync(new EvaluatedProjectState(TestState, ReferenceAssemblies), projects, cancellationToken).ConfigureAwait(false);
        var found = await GetSortedDiagnosticsAsync(
            project.Solution, [.. GetDiagnosticAnalyzers()], [], CompilerDiagnostics, Verify, cancellationToken).ConfigureAwait(false);
        return found.Where(each => each.diagnostic.Id == _rule.Id).Select(each => Expect(each.diagnostic));
    }

    private static DiagnosticResult Expect(Diagnostic found)
    {
        var place = found.Location.GetLineSpan();
        return new DiagnosticResult(found.Descriptor)
            .WithSpan(
                place.Path,
                place.StartLinePosition.Line + 1,
                place.StartLinePosition.Character + 1,
                place.EndLinePosition.Line + 1,
                place.EndLinePosition.Character + 1)
            .WithMessage(null)
            .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations);
    }
}
