using System.Collections.Immutable;
using System.Text;
using LoraGen.Generator;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.Analyzers.Tests;

/// <summary>A user's project as the compiler sees it: sources, what the generator adds, and the analyzers over both.</summary>
internal sealed class AnalyzedProject
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [new DeclarationAnalyzer(), new ModuleAnalyzer(), new TrainingAnalyzer()];

    private readonly ImmutableArray<AdditionalText> _additional;

    private AnalyzedProject(Compilation compilation, GeneratorDriverRunResult generated, ImmutableArray<AdditionalText> additional)
    {
        Compilation = compilation;
        _additional = additional;
        Generated = generated.Results.Single();
    }

    public GeneratorRunResult Generated { get; }

    /// <summary>The sources and the generated files.</summary>
    public Compilation Compilation { get; }

    /// <summary>What the compiler itself says of the sources and the generated files, errors alone.</summary>
    public IReadOnlyList<string> Errors =>
        [.. Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())];

    /// <summary>Files other than C# are additional files; <c>.editorconfig</c> configures.</summary>
    public static AnalyzedProject Of(IEnumerable<SourceFile> files, string? editorConfig = null)
    {
        var all = files.ToArray();
        var sources = all
            .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .Prepend(new SourceFile("Usings.cs", LoraProject.Usings))
            .Prepend(new SourceFile("Net.cs", LoraProject.Net))
            .ToArray();
        var trees = sources
            .Select(file => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, Encoding.UTF8), LoraProject.ParseOptions, "/" + file.Path))
            .ToArray();
        var isProgram = trees.Any(tree => tree.GetCompilationUnitRoot().Members.OfType<Microsoft.CodeAnalysis.CSharp.Syntax.GlobalStatementSyntax>().Any());
        var options = LoraProject.CompilationOptions.WithOutputKind(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary);
        if (editorConfig is not null)
            options = options.WithSyntaxTreeOptionsProvider(new EditorConfig(editorConfig));

        var compilation = CSharpCompilation.Create("TestProject", trees, LoraProject.References, options);
        var driver = CSharpGeneratorDriver
            .Create([new LoraGenerator().AsSourceGenerator()], parseOptions: LoraProject.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var complete, out _);
        var additional = all.Where(file => !file.Path.EndsWith(".cs", StringComparison.Ordinal)).Select(AdditionalText (file) => new AdditionalFile(file));
        return new AnalyzedProject(complete, driver.GetRunResult(), [.. additional]);
    }

    /// <summary>What all rules say, those that are off by default as well if <paramref name="alsoOff"/> names them; in order of the text.</summary>
    public IReadOnlyList<Diagnostic> Analyze(params string[] alsoOff)
    {
        var switchedOn = alsoOff.Where(id => !AllRules.All.Single(rule => rule.Id == id).Descriptor.IsEnabledByDefault);
        var options = Compilation.Options.WithSpecificDiagnosticOptions(
            Compilation.Options.SpecificDiagnosticOptions.SetItems(switchedOn.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Warn))));
        return InOrder(Analysis(Compilation.WithOptions(options)).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult());
    }

    /// <summary>What an IDE shows of one open file: it asks for that file alone, and leaves out what is told of others.</summary>
    public IReadOnlyList<Diagnostic> AnalyzeOpen(string path)
    {
        var file = Compilation.SyntaxTrees.Single(tree => tree.FilePath == "/" + path);
        return InOrder(Analysis(Compilation)
            .GetAnalyzerSemanticDiagnosticsAsync(Compilation.GetSemanticModel(file), filterSpan: null, CancellationToken.None).GetAwaiter().GetResult());
    }

    private static IReadOnlyList<Diagnostic> InOrder(IEnumerable<Diagnostic> found)
    {
        return
        [
            .. found
                .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start),
        ];
    }

    private CompilationWithAnalyzers Analysis(Compilation compilation) => compilation.WithAnalyzers(Analyzers, new AnalyzerOptions(_additional));
}
