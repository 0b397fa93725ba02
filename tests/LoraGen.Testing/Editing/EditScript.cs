using System.Collections.Immutable;

namespace LoraGen.Testing;

/// <summary>
/// Incremental equals cold: after each edit, what a driver with a history gives is what a driver without one gives.
/// Finds stale output (a step that compares too little) as well as text that depends on the history.
/// </summary>
public sealed class EditScript
{
    private readonly GeneratorRun run;
    private readonly ImmutableArray<Edit> edits;

    private EditScript(GeneratorRun run, ImmutableArray<Edit> edits)
    {
        this.run = run;
        this.edits = edits;
    }

    /// <summary>Begins a script on a project. The project's own checks are not made: states in between need not compile.</summary>
    public static EditScript On(GeneratorRun run) => new(run, []);

    /// <summary>Goes on with edits.</summary>
    public EditScript Then(params IEnumerable<Edit> next) => new(run, edits.AddRange(next));

    /// <summary>Applies the edits one by one and compares after each; gives the outcome after the last.</summary>
    public GeneratorOutcome Run()
    {
        var warm = GeneratorOutcome.Cold(run);
        for (var done = 0; done < edits.Length; done++)
        {
            warm = warm.After(edits[done]);
            if (TextDifference.Between(warm.Cold().Sources, warm.Sources) is { } difference)
                throw new HarnessException($"After edit {done + 1} of {edits.Length} the incremental result is not the cold one (-): {difference}\n"
                    + $"The edits were:\n{string.Join('\n', edits.Take(done + 1).Select((edit, index) => $"  {index + 1}. {edit.Name}"))}\n"
                    + $"The steps of the last one:\n{warm.Steps}");
        }

        return warm;
    }
}
