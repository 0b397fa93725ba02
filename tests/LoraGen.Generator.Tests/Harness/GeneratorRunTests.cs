using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Harness;

public sealed class GeneratorRunTests
{
    [Fact]
    public void Sound_generator_passes_all_checks()
    {
        var outcome = Tiny.Intercepting.Run();

        Assert.Equal(["Interceptors.g.cs", "Model.g.cs"], outcome.Sources.Keys);
        Assert.Contains("Fields = 2", outcome["Model.g.cs"]);
        outcome.Steps.AssertAllRan(Tiny.Rules);
    }

    [Fact]
    public void Build_properties_reach_the_generator() => Assert.Equal(["Model.g.cs"], Tiny.Intercepting.Property("TinyIntercept", "false").Run().Sources.Keys);

    [Fact]
    public void Missing_source_lists_what_is_there() =>
        Assert.Equal("No 'Other.g.cs' was generated, but Model.g.cs.", Tiny.Fails(() => _ = Tiny.Run.Run()["Other.g.cs"]));

    [Fact]
    public void Exception_of_the_generator_is_shown_with_its_place()
    {
        var message = Tiny.Fails(Tiny.Emitting(static model => throw new InvalidOperationException($"no text for {model.Name}")));

        Assert.Contains("TinyGenerator threw InvalidOperationException: no text for Model", message);
        Assert.Contains(nameof(Exception_of_the_generator_is_shown_with_its_place), message);
    }

    [Fact]
    public void Checks_can_be_left_out() =>
        Assert.Equal("no C#", Tiny.Emitting(static _ => "no C#").Without(Checks.All).Run()["Model.g.cs"]);

    [Fact]
    public void Edits_go_on_from_an_outcome()
    {
        var outcome = Tiny.Run.Run().After(Edit.Replace("Model.cs", "= 16;", "= 16; private readonly int third = 3;"));

        Assert.Contains("Fields = 3", outcome["Model.g.cs"]);
        Assert.Equal("Modified:1", outcome.Steps.Summary(TinySteps.Models));
        Assert.Equal("Modified:1", outcome.Steps.Summary(TinySteps.Declarations));
    }
}
