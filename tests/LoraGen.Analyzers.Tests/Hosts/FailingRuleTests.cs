using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Analyzers.Tests.Hosts;

/// <summary>A rule that throws is reported by the compiler as AD0001, with its id; the rules after it still report.</summary>
public sealed class FailingRuleTests
{
    private const string Code =
        """
        [Lora(Rank = 0)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public override Tensor forward(Tensor x) => fc.forward(x);

            public static void Train(Net net)
            {
                net.AttachLora();
                net.call(randn(1, 1).baddbmm(randn(1), randn(1)));
            }
        }
        """;

    [Fact]
    public Task Of_declarations() => OthersReport(new DeclarationAnalyzer([new OfDeclaration(), .. AllRules.OfDeclarations]), "LORA1001");

    [Fact]
    public Task Of_modules() => OthersReport(new ModuleAnalyzer([new OfModule(), .. AllRules.OfModules]), "LORA3001");

    [Fact]
    public Task Of_training() => OthersReport(new TrainingAnalyzer([new OfTraining(), .. AllRules.OfTraining]), "LORA4012");

    [Fact]
    public Task Of_code() => OthersReport(new CodeAnalyzer([new OfCode(), .. AllRules.OfCode]), "LORA3009");

    [Fact]
    public void Cancellation_ends_the_run()
    {
        var ran = 0;
        Assert.Throws<OperationCanceledException>(() => RuleRunner.Run(AllRules.OfModules, rule =>
        {
            ran++;
            throw new OperationCanceledException(rule.Id);
        }));
        Assert.Equal(1, ran);
    }

    [Fact]
    public void Each_failure_is_named()
    {
        var failure = Assert.Throws<AggregateException>(
            () => RuleRunner.Run(AllRules.OfModules, rule => throw new InvalidOperationException("no " + rule.Id)));
        Assert.Equal(AllRules.OfModules.Select(rule => "no " + rule.Id), failure.InnerExceptions.Select(inner => inner.Message));
        Assert.All(AllRules.OfModules, rule => Assert.Contains(rule.Id, failure.Message, StringComparison.Ordinal));
    }

    private static async Task OthersReport(DiagnosticAnalyzer analyzer, string expected)
    {
        var compilation = GeneratedFiles.AddTo(LoraProject.Compile([new("Model.cs", Code)]), out _);
        var found = await compilation.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync();
        Assert.Contains(expected, found.Select(diagnostic => diagnostic.Id));
        var failure = found.First(diagnostic => diagnostic.Id == "AD0001");
        Assert.Contains("LORA0000 failed", failure.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private sealed class OfDeclaration() : DeclarationRule("LORA0000", "Fails", "Fails", DiagnosticSeverity.Warning)
    {
        public override void Check(AdapterDeclaration declaration, Report report) => throw new InvalidOperationException("on purpose");
    }

    private sealed class OfModule() : ModuleRule("LORA0000", "Fails", "Fails", DiagnosticSeverity.Warning)
    {
        public override void Check(ModuleClass module, Report report) => throw new InvalidOperationException("on purpose");
    }

    private sealed class OfCode() : CodeRule("LORA0000", "Fails", "Fails", DiagnosticSeverity.Warning)
    {
        public override bool MayConcern(SyntaxNode node) => true;

        public override void Check(IOperation operation, Report report) => throw new InvalidOperationException("on purpose");
    }

    private sealed class OfTraining() : TrainingRule("LORA0000", "Fails", "Fails", DiagnosticSeverity.Warning)
    {
        public override void Check(TrainingScript script, Report report) => throw new InvalidOperationException("on purpose");
    }
}
