using LoraGen.Testing;
using TorchSharp;

namespace LoraGen.Analyzers.Tests.Refactorings;

/// <summary>Where the refactoring is offered, and where it isn't.</summary>
public sealed class AdaptModelOfferTests
{
    private const string Body = "{ public override Tensor forward(Tensor x) => x; }";

    [Theory]
    [InlineData("$$public sealed class Model() : Module<Tensor, Tensor>(\"M\") " + Body)]
    [InlineData("public sealed cl$$ass Model() : Module<Tensor, Tensor>(\"M\") " + Body)]
    [InlineData("public sealed class Model$$() : Module<Tensor, Tensor>(\"M\") " + Body)]
    [InlineData("public sealed class Model() : Module<Ten$$sor, Tensor>(\"M\") " + Body)]
    [InlineData("class $$Model() : Module<Tensor, Tensor>(\"M\") " + Body)]
    public void Anywhere_in_the_header_of_a_model(string code) => Assert.NotNull(Run(code));

    [Theory]
    [InlineData("abstract class $$Model() : Module<Tensor, Tensor>(\"M\");")]
    [InlineData("static class $$Model;")]
    [InlineData("class $$Model;")]
    [InlineData("[Lora] class $$Model() : Module<Tensor, Tensor>(\"M\") " + Body)]
    [InlineData("[assembly: Lora(typeof(Model))] class $$Model() : Module<Tensor, Tensor>(\"M\") " + Body)]
    [InlineData("[Lora] partial class Model() : Module<Tensor, Tensor>(\"M\") " + Body + " partial class $$Model;")]
    [InlineData("file class $$Model() : Module<Tensor, Tensor>(\"M\") " + Body)]
    [InlineData("class Outer { private class $$Model() : Module<Tensor, Tensor>(\"M\") " + Body + " }")]
    [InlineData("class Model() : Module<Tensor, Tensor>(\"M\") { public override Tensor for$$ward(Tensor x) => x; }")]
    [InlineData("struct $$Model;")]
    [InlineData("class $$")]
    [InlineData("class Model : $$Unknown")]
    [InlineData("$$")]
    public void Nowhere_else(string code) => Assert.Null(Run(code));

    [Fact]
    public void Not_without_LoraGen()
    {
        const string Usings = "global using static TorchSharp.torch; global using static TorchSharp.torch.nn;";
        const string Code = "class $$Model() : Module<Tensor, Tensor>(\"M\") " + Body;
        using var run = new RefactoringRun(Code, Usings, references: TestReferences.With([typeof(torch)])).Run();
        Assert.Null(run.Refactored);
    }

    private static string? Run(string code)
    {
        using var run = new RefactoringRun(code, LoraProject.Usings);
        return run.Run().Refactored;
    }
}
