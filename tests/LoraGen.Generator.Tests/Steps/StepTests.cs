using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Steps;

/// <summary>What each step does after an edit: nothing more than the edit asks for.</summary>
/// <remarks>The outputs counted are the three adapters', the members', which is there also when it writes nothing, and those of the files with calls.</remarks>
public sealed class StepTests
{
    [Fact]
    public void Every_step_runs_and_passes_every_check() => Shop.Run.Run().Steps.AssertAllRan(TestProject.Rules);

    [Fact]
    public void Old_project_is_let_go() => LeakCheck.AssertOldProjectIsCollected(Shop.Run);

    [Fact]
    public void Body_of_an_unrelated_method()
    {
        var after = After(Edit.Replace("Other.cs", "42", "43"));

        Assert.Equal("Cached:3", after.Steps.Summary(StepNames.Declarations));
        AssertReused(after, StepNames.Models, StepNames.Adapters, StepNames.DistinctAdapters, StepNames.Interceptors);
        Assert.Equal("Cached:8", after.Steps.OutputSummary());
    }

    [Theory]
    [InlineData("First.cs", "private readonly Linear fc", "private /* dense */ readonly Linear fc")]
    [InlineData("First.cs", "block.forward(fc.forward(x))", "block.forward(fc.forward(x)).mul(2)")]
    [InlineData("First.cs", "private const int Width = 4;", "private const int Width = 4, Height = 5;")]
    public void Text_of_a_model_that_means_nothing(string file, string old, string replacement)
    {
        var after = Shop.WithoutInterceptors.Without(Checks.All).Run().After(Edit.Replace(file, old, replacement));

        Assert.Equal("Modified:1 Unchanged:2", after.Steps.Summary(StepNames.Declarations));
        Assert.Equal("Cached:2 Unchanged:1", after.Steps.Summary(StepNames.Models));
        AssertReused(after, StepNames.Adapters, StepNames.DistinctAdapters);
        Assert.Equal("Cached:4", after.Steps.OutputSummary());
    }

    [Theory]
    [InlineData("Linear(Width, 4)", "Linear(Width, 5)", "fc          Linear(Width → 5)")]
    [InlineData("Rank = 2", "Rank = 7", "rank 7, alpha 7")]
    [InlineData("[Lora(Rank = 2)]", "[Lora(Rank = 2, Targets = [\"fc\"])]", "targets fc")]
    [InlineData("Linear fc = Linear", "Linear dense = Linear", "dense       Linear(Width → 4)")]
    [InlineData("private readonly Linear fc", "public readonly Linear fc", "\"fc\", static model => model.fc")]
    public void Meaning_of_a_model(string old, string replacement, string expected)
    {
        var first = Shop.WithoutInterceptors.Without(Checks.All).Run();
        var after = first.After(Edit.Replace("First.cs", old, replacement));

        Assert.Equal("Modified:1 Unchanged:2", after.Steps.Summary(StepNames.Declarations));
        Assert.Equal("Cached:2 Modified:1", after.Steps.Summary(StepNames.Models));
        Assert.Equal("Modified:1 Unchanged:2", after.Steps.Summary(StepNames.DistinctAdapters));
        Assert.Equal("Cached:3 Modified:1", after.Steps.OutputSummary());
        Assert.DoesNotContain(expected, first["First.Lora.g.cs"]);
        Assert.Contains(expected, after["First.Lora.g.cs"]);
    }

    [Theory]
    [InlineData("private readonly Block", "[LoraIgnore] private readonly Block", "Ignore(\"block\")")]
    [InlineData("private readonly Linear fc", "[Lora(Rank = 9)] private readonly Linear fc", "method with { Rank = 9 }")]
    public void Attribute_on_a_member(string old, string replacement, string expected)
    {
        var after = Shop.WithoutInterceptors.Without(Checks.All).Run().After(Edit.Replace("First.cs", old, replacement));

        Assert.Equal("Modified:1", after.Steps.Summary(StepNames.Members));
        Assert.Equal("Cached:2 Modified:2", after.Steps.OutputSummary());
        Assert.Contains(expected, after["LoraGen.Members.g.cs"]);
    }

    [Fact]
    public void Child_changes_the_roots_that_reach_it()
    {
        var after = Shop.WithoutInterceptors.Without(Checks.All).Run().After(Edit.Replace("Block.cs", "Linear(4, Inner)", "Linear(4, 2 * Inner)"));

        Assert.Equal("Modified:2 Unchanged:1", after.Steps.Summary(StepNames.Declarations));
        Assert.Equal("Cached:1 Modified:2", after.Steps.Summary(StepNames.Models));
        Assert.Equal("Cached:2 Modified:2", after.Steps.OutputSummary());
        Assert.Contains("block.up    Linear(4 → 2 * Inner)", after["First.Lora.g.cs"]);
        Assert.Contains("block.up    Linear(4 → 2 * Inner)", after["Third.Lora.g.cs"]);
    }

    [Fact]
    public void Attribute_taken_away_and_given_back()
    {
        var first = Shop.WithoutInterceptors.Without(Checks.All).Run();
        var without = first.After(Edit.Replace("Second.cs", "[Lora(Rank = 3)]", ""));
        var again = without.After(Edit.Replace("Second.cs", "public class", "[Lora(Rank = 3)] public class"));

        Assert.Equal(["First.Lora.g.cs", "Third.Lora.g.cs"], without.Sources.Keys);
        Assert.Equal(first.Sources, again.Sources);
    }

    [Fact]
    public void Call_moves_the_interceptors_alone()
    {
        var after = After(Edit.Replace("Block.cs", "down.forward(up.forward(x))", "down.forward(up.forward(x * 2))"));

        Assert.Equal("Modified:1 Unchanged:3", after.Steps.Summary(StepNames.Interceptors));
        AssertReused(after, StepNames.Adapters, StepNames.DistinctAdapters);
        Assert.Equal("Cached:7 Modified:1", after.Steps.OutputSummary());
    }

    private static GeneratorOutcome After(params Edit[] edits) => Shop.Run.Without(Checks.All).Run().After(edits);

    private static void AssertReused(GeneratorOutcome outcome, params string[] steps)
    {
        foreach (var step in steps)
            Assert.All(outcome.Steps.Reasons(step), reason => Assert.Contains(reason.ToString(), new[] { "Cached", "Unchanged" }));
    }
}
