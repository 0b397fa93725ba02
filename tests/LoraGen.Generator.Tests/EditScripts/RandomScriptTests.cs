using LoraGen.Generator.Tests.Harness;
using LoraGen.Testing;

namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>The scripts find the fault that they are there to find, and say it shortly.</summary>
public sealed class RandomScriptTests
{
    private static readonly EditKinds Kinds = new([BodyEdits.Comment, BodyEdits.Comment, BodyEdits.Comment, ValueEdits.Number, TypeEdits.NewField]);

    [Fact]
    public void Stale_output_is_reported_with_its_edit()
    {
        var stale = GeneratorRun.Of<StaleGenerator>(Tiny.Rules) with { Sources = Tiny.Run.Sources };

        var message = Tiny.Fails(() => new RandomScript(stale, Kinds, Seed: 2, Length: 40).Verify());

        Assert.Matches("^Seed 2, after edit [0-9]+ of 40: the incremental result is not the cold one", message);
        Assert.Matches(@"The edits were:\n  1\. .*\n  2\. ", message);
        Assert.Matches(@"These alone fail too:\n  1\. Model\.cs, line [0-9]+: '' becomes '.*\n\nthe incremental", message);
    }

    [Fact]
    public void Script_follows_from_its_seed()
    {
        Assert.Equal(Edits(seed: 3), Edits(seed: 3));
        Assert.NotEqual(Edits(seed: 3), Edits(seed: 4));
    }

    private static IEnumerable<string> Edits(int seed)
    {
        var project = Corpus.Project.Without(Checks.All).Run().Input;
        return [.. Enumerable.Range(0, 20).Select(step => EditKinds.Careless.Propose(new Prng(seed, step), project, project).Name)];
    }
}
