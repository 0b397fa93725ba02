using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Harness;

public sealed class StepRulesTests
{
    [Fact]
    public void Names_come_from_the_constants() => Assert.Equal(["Calls", "Declarations", "Models", "Wanted"], Tiny.Rules.Names);

    [Fact]
    public void Unknown_name_is_refused() =>
        Assert.Contains("'Model', which is no constant", Tiny.Fails(() => GeneratorRun.Of<TinyGenerator>(Tiny.Rules with { HoldSyntax = ["Model"] })));

    [Fact]
    public void Class_without_constants_is_refused() =>
        Assert.Contains("has no string constants", Tiny.Fails(() => GeneratorRun.Of<TinyGenerator>(new StepRules(typeof(NoSteps)))));

    [Fact]
    public void Tracked_step_without_constant_is_found()
    {
        var run = GeneratorRun.Of<TinyGenerator>(new StepRules(typeof(FewerSteps))).Source("Tiny.cs", Tiny.Attribute);

        Assert.Contains("tracks a step 'Wanted', which is no constant", Tiny.Fails(run));
    }

    [Fact]
    public void Constant_without_tracked_step_is_found()
    {
        var run = GeneratorRun.Of<TinyGenerator>(new StepRules(typeof(MoreSteps))) with { Sources = Tiny.Run.Sources };
        var outcome = run.Without(Checks.All).Run();

        Assert.Contains("names steps that this run does not have: Calls, Graph", Tiny.Fails(() => outcome.Steps.AssertAllRan(outcome.Run.Steps)));
    }

    private static class NoSteps;

    private static class FewerSteps
    {
        public const string Declarations = TinySteps.Declarations;
    }

    private static class MoreSteps
    {
        public const string Declarations = TinySteps.Declarations;
        public const string Models = TinySteps.Models;
        public const string Wanted = TinySteps.Wanted;
        public const string Calls = TinySteps.Calls;
        public const string Graph = nameof(Graph);
    }
}
