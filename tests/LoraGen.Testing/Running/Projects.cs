using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LoraGen.Testing;

/// <summary>Makes the compiler's objects for a run.</summary>
internal static class Projects
{
    // Strict where a user may be strict: all warning waves, nullable, doc comments checked as with GenerateDocumentationFile, no unsafe code.
    // CS1701 and CS1702, references to other versions of the framework, are off in every SDK project.
    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        warningLevel: 9999,
        nullableContextOptions: NullableContextOptions.Enable,
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)],
        deterministic: true);

    public static CSharpCompilation Compilation(GeneratorRun run, LanguageVersion version) =>
        CSharpCompilation.Create("TestProject", run.Sources.Select(file => Tree(run, version, file)), References(run), Options);

    public static SyntaxTree Tree(GeneratorRun run, LanguageVersion version, SourceFile file) => Tree(ParseOptions(run, version), file);

    public static SyntaxTree Tree(CSharpParseOptions options, SourceFile file) =>
        CSharpSyntaxTree.ParseText(SourceText.From(file.Text, Encoding.UTF8), options, file.Path);

    public static GeneratorDriver Driver(GeneratorRun run, LanguageVersion version) => CSharpGeneratorDriver.Create(
        [run.Create().AsSourceGenerator()],
        parseOptions: ParseOptions(run, version),
        optionsProvider: new BuildProperties(run.Properties),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: run.TracksSteps));

    private static IEnumerable<MetadataReference> References(GeneratorRun run) =>
        TestReferences.With(run.ReferencedTypes).Concat(run.AliasedTypes.Select(aliased => TestReferences.ByAlias(aliased.Alias, aliased.Type)));

    private static CSharpParseOptions ParseOptions(GeneratorRun run, LanguageVersion version) =>
        new CSharpParseOptions(version, DocumentationMode.Diagnose).WithFeatures([new("InterceptorsNamespaces", run.InterceptorsNamespaces)]);
}
