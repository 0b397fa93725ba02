using LoraGen.Analyzers;
using LoraGen.CodeFixes;
using LoraGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace LoraGen.Verifiers;

/// <summary>One rule's fix in a project that compiles, with what the generator adds: one place at a time, and all in a document, a project, a solution.</summary>
internal sealed class FixTest<TRule, TFix> : CSharpCodeFixTest<EmptyDiagnosticAnalyzer, TFix, DefaultVerifier>
    where TRule : Rule
    where TFix : Fix, new()
{
    private FixTest(string before, string after)
    {
        ReferenceAssemblies = LoraProject.Framework;
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipSuppressionCheck | TestBehaviors.SkipGeneratedCodeCheck;
        DisabledDiagnostics.AddRange(TestedRule<TRule>.Others);
        LoraProject.Fill(TestState, before, LoraProject.Usings, LoraProject.Net);
        LoraProject.Fill(FixedState, after, LoraProject.Usings, LoraProject.Net);
    }

    /// <summary>The fix makes <paramref name="after"/> of <paramref name="before"/>; where they are the same text it offers nothing.</summary>
    /// <param name="before">Code in which <c>[|…|]</c> marks each place at which the rule fires.</param>
    /// <param name="after">The code when all places are fixed; one that can't be fixed stays marked.</param>
    public static Task Check(string before, string after) => new FixTest<TRule, TFix>(before, after).RunAsync();

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [TestedRule<TRule>.Analyzer()];

    protected override DiagnosticDescriptor GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => TestedRule<TRule>.Rule.Descriptor;

    protected override IEnumerable<Type> GetSourceGenerators() => [typeof(LoraGenerator)];

    protected override ParseOptions CreateParseOptions() => LoraProject.ParseOptions;

    protected override CompilationOptions CreateCompilationOptions() => LoraProject.CompilationOptions;
}
