using LoraGen.Analyzers;
using LoraGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace LoraGen.Verifiers;

/// <summary>
/// One rule over a project that compiles, with what the generator adds. Where the rule fires, the package also checks that a pragma silences it and
/// that it leaves generated code alone.
/// </summary>
internal sealed class RuleTest<TRule> : CSharpAnalyzerTest<EmptyDiagnosticAnalyzer, DefaultVerifier>
    where TRule : Rule
{
    private RuleTest(string code)
    {
        ReferenceAssemblies = LoraProject.Framework;
        TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck;
        DisabledDiagnostics.AddRange(TestedRule<TRule>.Others);
        LoraProject.Fill(TestState, code, LoraProject.Usings, LoraProject.Net);
    }

    /// <summary>The rule fires where <c>[|…|]</c> or <c>{|#0:…|}</c> marks it, and nowhere else.</summary>
    /// <param name="code">Files begun by <c>// file: Name.cs</c>, or one without; usings and the model <c>Net</c> are there.</param>
    /// <param name="messages">What it says at <c>{|#0:…|}</c>, <c>{|#1:…|}</c>, …</param>
    public static Task Check(string code, params string[] messages)
    {
        var test = new RuleTest<TRule>(code);
        foreach (var (index, message) in messages.Index())
            test.ExpectedDiagnostics.Add(new DiagnosticResult(TestedRule<TRule>.Rule.Descriptor).WithLocation(index).WithMessage(message));
        return test.RunAsync();
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => [TestedRule<TRule>.Analyzer()];

    protected override DiagnosticDescriptor GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => TestedRule<TRule>.Rule.Descriptor;

    protected override IEnumerable<Type> GetSourceGenerators() => [typeof(LoraGenerator)];

    protected override ParseOptions CreateParseOptions() => LoraProject.ParseOptions;

    protected override CompilationOptions CreateCompilationOptions() => LoraProject.CompilationOptions;
}
