using LoraGen.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Generator.Tests.EditScripts;

/// <summary>
/// Edits that follow from a seed, and the check of each state. An edit follows from its own number and the project alone, so that any part of a script
/// can be played for itself: a failure is reported with the shortest part that still fails.
/// </summary>
internal sealed record RandomScript(GeneratorRun Run, EditKinds Kinds, int Seed, int Length)
{
    private const int Memory = 5;

    /// <summary>Plays it; gives the number of states that were compiled.</summary>
    public int Verify()
    {
        var whole = Play([.. Enumerable.Range(0, Length)]);
        if (whole.Failure is null)
            return whole.Compiled;

        var shortest = Shrink(whole);
        throw new HarnessException($"""
            Seed {Seed}, after edit {whole.Edits.Count} of {Length}: {whole.Failure}

            The edits were:
            {Numbered(whole.Edits)}

            These alone fail too:
            {Numbered(shortest.Edits)}

            {shortest.Failure}
            """);
    }

    /// <summary>Leaves out ever smaller parts, as long as it fails without them.</summary>
    private Played Shrink(Played failed)
    {
        for (var size = failed.Steps.Count / 2; size > 0; size /= 2)
        {
            for (var start = 0; start < failed.Steps.Count;)
            {
                var shorter = Play([.. failed.Steps.Take(start), .. failed.Steps.Skip(start + size)]);
                if (shorter.Failure is null)
                    start += size;
                else
                    failed = shorter;
            }
        }

        return failed;
    }

    private Played Play(IReadOnlyList<int> steps)
    {
        var warm = GeneratorOutcome.Cold(Run with { TracksSteps = false });
        var projects = new List<CSharpCompilation> { warm.Input };
        var edits = new List<string>();
        var compiled = 0;
        foreach (var step in steps)
        {
            var edit = Kinds.Propose(new Prng(Seed, step), warm.Input, projects[Math.Max(0, projects.Count - Memory)]);
            edits.Add($"{edit.Name}");
            try
            {
                warm = warm.After(edit);
                projects.Add(warm.Input);
                compiled += StateCheck.Verify(warm, compiles: step % StateCheck.CompiledEvery == 0, analyzed: step % StateCheck.AnalyzedEvery == 0) ? 1 : 0;
            }
            catch (HarnessException failure)
            {
                return new Played([.. steps.Take(edits.Count)], edits, compiled, failure.Message);
            }
        }

        return new Played(steps, edits, compiled, null);
    }

    private static string Numbered(IEnumerable<string> edits) => string.Join('\n', edits.Select((edit, index) => $"  {index + 1}. {edit}"));

    private sealed record Played(IReadOnlyList<int> Steps, IReadOnlyList<string> Edits, int Compiled, string? Failure);
}
