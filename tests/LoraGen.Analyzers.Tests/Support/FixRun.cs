using LoraGen.CodeFixes;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.Analyzers.Tests;

/// <summary>Projects in an editor, in which what one rule finds is mended.</summary>
internal sealed class FixRun : IDisposable
{
    public static IReadOnlyList<Fix> Fixes { get; } =
    [
        .. typeof(Fix).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Fix)))
            .Select(type => (Fix)Activator.CreateInstance(type)!),
    ];

    private readonly AdhocWorkspace _workspace = new();
    private readonly string _id;
    private readonly Fix _fix;

    public FixRun(string id)
    {
        _id = id;
        _fix = Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(id));
    }

    /// <summary>Mends the first place that has a fix; null where none has one.</summary>
    public IReadOnlyList<SourceFile>? MendFirst(IReadOnlyList<SourceFile> files)
    {
        var solution = Open([files]);
        var action = Places(solution.Projects.Single())
            .Select(place => ActionFor(place.Document, place.Diagnostic))
            .FirstOrDefault(action => action is not null);
        return action is null ? null : Texts(Apply(action).Projects.Single());
    }

    /// <summary>Mends everything within the scope of the first place, by the fix's own "Fix all".</summary>
    public IReadOnlyList<IReadOnlyList<SourceFile>> MendAll(FixAllScope scope, params IReadOnlyList<SourceFile>[] projects)
    {
        var solution = Open(projects);
        var places = solution.Projects.SelectMany(Places).ToArray();
        var (document, action) = places
            .Select(place => (place.Document, Action: ActionFor(place.Document, place.Diagnostic)))
            .First(first => first.Action is not null);
        var context = new FixAllContext(document, _fix, scope, action!.EquivalenceKey!, [_id], new Found(places), CancellationToken.None);
        var all = _fix.GetFixAllProvider().GetFixAsync(context).GetAwaiter().GetResult()
            ?? throw new HarnessException($"{_id}: Fix all gives no action at scope {scope}.");
        return [.. Apply(all).Projects.Select(Texts)];
    }

    public void Dispose() => _workspace.Dispose();

    private Solution Open(IReadOnlyList<SourceFile>[] projects)
    {
        var solution = _workspace.CurrentSolution;
        for (var i = 0; i < projects.Length; i++)
        {
            var project = ProjectInfo.Create(
                ProjectId.CreateNewId(),
                VersionStamp.Default,
                $"P{i}",
                $"P{i}",
                LanguageNames.CSharp,
                compilationOptions: LoraProject.CompilationOptions,
                parseOptions: LoraProject.ParseOptions,
                metadataReferences: LoraProject.References);
            solution = solution.AddProject(project);
            foreach (var file in projects[i])
                solution = solution.AddDocument(DocumentId.CreateNewId(project.Id), file.Path, SourceText.From(file.Text), filePath: "/" + file.Path);
        }

        return solution;
    }

    private IReadOnlyList<(Document Document, Diagnostic Diagnostic)> Places(Project project)
    {
        var documents = project.Documents.ToDictionary(document => document.FilePath!, StringComparer.Ordinal);
        return [.. AnalyzedProject.Of(Texts(project)).Analyze(_id)
            .Where(diagnostic => diagnostic.Id == _id)
            .Select(diagnostic => (documents[diagnostic.Location.SourceTree!.FilePath], diagnostic))
            .Select(place => (place.Item1, In(place.Item1, place.diagnostic)))];
    }

    // The editor's trees are others than those that were analysed.
    private static Diagnostic In(Document document, Diagnostic found)
    {
        var tree = document.GetSyntaxTreeAsync().GetAwaiter().GetResult()!;
        return Diagnostic.Create(
            found.Descriptor,
            Location.Create(tree, found.Location.SourceSpan),
            found.AdditionalLocations.Select(other => Location.Create(tree, other.SourceSpan)),
            found.Properties);
    }

    private CodeAction? ActionFor(Document document, Diagnostic diagnostic)
    {
        CodeAction? action = null;
        var context = new CodeFixContext(document, diagnostic, (registered, _) => action ??= registered, CancellationToken.None);
        _fix.RegisterCodeFixesAsync(context).GetAwaiter().GetResult();
        return action;
    }

    private static Solution Apply(CodeAction action)
    {
        return action.GetOperationsAsync(CancellationToken.None).GetAwaiter().GetResult().OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    private static IReadOnlyList<SourceFile> Texts(Project project)
    {
        return [.. project.Documents.Select(document => new SourceFile(document.Name, document.GetTextAsync().GetAwaiter().GetResult().ToString()))];
    }

    private sealed class Found(IReadOnlyList<(Document Document, Diagnostic Diagnostic)> places) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Where(place => place.Project.Id == project.Id);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Where(place => place.Id == document.Id);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        private Task<IEnumerable<Diagnostic>> Where(Func<Document, bool> contains) =>
            Task.FromResult(places.Where(place => contains(place.Document)).Select(place => place.Diagnostic));
    }
}
