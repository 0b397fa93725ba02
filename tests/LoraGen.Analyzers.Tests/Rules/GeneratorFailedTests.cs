using System.Globalization;
using LoraGen.Analyzers.Rules;
using LoraGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Analyzers.Tests.Rules;

/// <summary>No model is known that makes the generator fail, so the rule is given what the generator would say.</summary>
public sealed class GeneratorFailedTests
{
    [Fact]
    public void Says_which_model_and_why()
    {
        var found = Assert.Single(Check(Failure.Describe(new InvalidOperationException("no such thing"))));

        Assert.Equal("LORA9999", found.Id);
        Assert.Equal(DiagnosticSeverity.Error, found.Severity);
        Assert.Equal("Lora(Rank = 8, Alpha = 16)", found.Location.SourceTree!.GetText().ToString(found.Location.SourceSpan));
        Assert.StartsWith(
            "No adapter of Net: LoraGen failed (InvalidOperationException: no such thing",
            found.GetMessage(CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
        Assert.EndsWith("Please report it with the model's class", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Net is not a torch.nn.Module")]
    [InlineData("[LinearLayer(typeof(Net))] names Weight = \"LoraGen failed (\", which is no field")]
    public void Leaves_the_users_own_problems_to_other_rules(string? problem) => Assert.Empty(Check(problem));

    [Theory]
    [InlineData("[Lora] public class Config;")]
    [InlineData("[assembly: Lora]")]
    [InlineData("[Lora] file sealed class Model() : Module<Tensor, Tensor>(\"\") { public override Tensor forward(Tensor x) => x; }")]
    [InlineData("public sealed class Holder { [Lora] public Net? Net { get; set; } }")]
    public async Task Is_silent_where_the_generator_does_its_work(string code)
    {
        Assert.Empty(await RuleTest.Find([AllRules.All.Single(rule => rule.Id == "LORA9999")], [new("Code.cs", code)]));
    }

    [Fact]
    public void Its_page_tells_title_and_how_to_silence()
    {
        var page = RulePage.Of("LORA9999");
        Assert.Equal($"# LORA9999: {new GeneratorFailed().Descriptor.Title.ToString(CultureInfo.InvariantCulture)}", page.Title);
        Assert.Contains("dotnet_diagnostic.LORA9999.severity", page.Text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Diagnostic> Check(string? problem)
    {
        var tree = CSharpSyntaxTree.ParseText(LoraProject.Usings + LoraProject.Net, LoraProject.ParseOptions);
        var compilation = CSharpCompilation.Create("Project", [tree], LoraProject.References, LoraProject.CompilationOptions);
        var attribute = tree.GetRoot().DescendantNodes().OfType<AttributeSyntax>().Single();
        var declaration = AdapterDeclaration.Read(attribute, compilation.GetSemanticModel(tree), new AnalyzerOptions([]), CancellationToken.None);

        var found = new List<Diagnostic>();
        GeneratorFailed.Check(declaration!, problem, new Report(new GeneratorFailed(), found.Add));
        return found;
    }
}
