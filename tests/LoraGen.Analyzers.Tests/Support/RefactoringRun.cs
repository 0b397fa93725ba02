using LoraGen.CodeFixes;
using LoraGen.Generator;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.Analyzers.Tests;

/// <summary>A project in an editor, in which the refactoring is requested at the <c>$$</c>.</summary>
internal sealed class RefactoringRun : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();
    private readonly SourceFile _marked;
    private readonly int _position;
    private readonly Project _project;
    private readonly CSharpParseOptions _parseOptions;

    /// <param name="usings">The project's global usings.</param>
    /// <param name="references">What it references; null for all.</param>
    public RefactoringRun(string code, string usings, LanguageVersion language = LanguageVersion.Latest, IEnumerable<MetadataReference>? references = null)
    {
        (_marked, _position) = MarkedCode.Position(code);
        _parseOptions = LoraProject.ParseOptions.WithLanguageVersion(language);
        var project = _workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "P", "P", LanguageNames.CSharp,
            compilationOptions: LoraProject.CompilationOptions, parseOptions: _parseOptions, metadataReferences: references ?? LoraProject.References));
        foreach (var file in MarkedCode.Clean(code).Append(new SourceFile("Usings.cs", usings)))
            project = project.AddDocument(file.Path, SourceText.From(file.Text), filePath: "/" + file.Path).Project;
        _project = project;
    }

    /// <summary>The marked file as the refactoring leaves it; null where it is not offered.</summary>
    public string? Refactored { get; private set; }

    /// <summary>What the generator then adds to the project.</summary>
    public IReadOnlyList<string> Generated { get; private set; } = [];

    /// <summary>What the compiler then says of the project with the generated files, errors alone.</summary>
    public IReadOnlyList<string> Errors { get; private set; } = [];

    public RefactoringRun Run()
    {
        var document = _project.Documents.Single(each => each.Name == _marked.Path);
        CodeAction? action = null;
        var context = new CodeRefactoringContext(document, new TextSpan(_position, 0), registered => action = registered, CancellationToken.None);
        new AdaptModelRefactoring().ComputeRefactoringsAsync(context).GetAwaiter().GetResult();
        if (action is null)
            return this;

        var changed = action.GetOperationsAsync(CancellationToken.None).GetAwaiter().GetResult().OfType<ApplyChangesOperation>().Single().ChangedSolution;
        Refactored = changed.GetDocument(document.Id)!.GetTextAsync().GetAwaiter().GetResult().ToString();
        Compile(changed.GetProject(_project.Id)!.GetCompilationAsync().GetAwaiter().GetResult()!);
        return this;
    }

    public void Dispose() => _workspace.Dispose();

    private void Compile(Compilation compilation)
    {
        var driver = CSharpGeneratorDriver
            .Create([new LoraGenerator().AsSourceGenerator()], parseOptions: _parseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var complete, out _);
        Generated = [.. driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.SourceText.ToString())];
        Errors =
        [
            .. complete.GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => diagnostic.ToString()),
        ];
    }
}
