using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Harness;

public sealed class CachingCheckTests
{
    [Fact]
    public void Model_that_does_not_compare_by_content_is_found()
    {
        var message = Tiny.Fails(Tiny.Holding(static _ => new int[1]));

        Assert.Contains("Step 'Declarations' was not reused after an unrelated file was added: it gave Modified", message);
        Assert.Contains("Models: Modified:1", message);
    }

    [Fact]
    public void Position_in_a_model_is_found()
    {
        // Appended text moves the end of the tree, not the class: only the edit of the file itself shows it.
        var run = Tiny.Holding(static context => context.TargetNode.SyntaxTree.Length);

        Assert.Contains("Step 'Models' was not reused after a comment was appended to each file", Tiny.Fails(run));
    }

    [Fact]
    public void Output_of_a_position_dependent_step_may_be_written_again() => Assert.NotNull(Tiny.Intercepting.Run());

    [Fact]
    public void Position_dependent_step_must_be_declared()
    {
        var run = GeneratorRun.Of<TinyGenerator>(Tiny.Rules with { PositionDependent = [] }) with { Sources = Tiny.Intercepting.Sources };

        Assert.Contains("Step 'Calls' was not reused", Tiny.Fails(run.Property("TinyIntercept", "true")));
    }

    [Fact]
    public void Modified_step_may_not_reach_the_outputs()
    {
        var rules = Tiny.Rules with { ModifiedOnEdit = [TinySteps.Declarations, TinySteps.Models] };
        var start = GeneratorRun.Of(() => new TinyGenerator(TinyText.Companion, static context => context.TargetNode.SyntaxTree.Length), rules);
        var run = start with { Sources = Tiny.Run.Sources };

        Assert.Contains("The output of step 'Models' was written again after a comment", Tiny.Fails(run));
    }
}
