using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LoraGen.Testing;

/// <summary>
/// Edits that mean nothing to the generator make it redo nothing. Real text edits: a driver that is merely run again hides captured nodes and locations.
/// </summary>
internal static class CachingCheck
{
    public static void Verify(GeneratorOutcome first)
    {
        var rules = first.Run.Steps;
        var added = Edit.Add("AddedByHarness.cs", "internal static class AddedByHarness { }\n");
        Compare(first, first.After(added), "an unrelated file was added", steps: [], outputs: []);

        var comments = first.Run.Sources.Select(file => Edit.Append(file.Path, "// appended by the harness\n")).ToArray();
        var mayChange = rules.ModifiedOnEdit.Concat(rules.PositionDependent);
        Compare(first, first.After(comments), "a comment was appended to each file", [.. mayChange], [.. rules.PositionDependent]);
    }

    private static void Compare(GeneratorOutcome first, GeneratorOutcome second, string when, ImmutableHashSet<string> steps, ImmutableHashSet<string> outputs)
    {
        foreach (var name in second.Steps.Names.Except(steps))
            foreach (var (value, reason) in second.Steps.Values(name))
                if (!IsReused(reason))
                    throw Failed(second, $"Step '{name}' was not reused after {when}: it gave {reason} where Cached or Unchanged is expected, for the value\n"
                        + $"  {value}\nEither the value does not compare by content, or it contains something that the edit moves.");
        foreach (var output in second.Steps.Outputs.Where(output => output.Origins.Intersect(outputs).IsEmpty))
            foreach (var reason in output.Reasons)
                if (reason != IncrementalStepRunReason.Cached)
                    throw Failed(second, $"The output of {Origin(output)} was written again after {when}: it is {reason} where Cached is expected.");
        if (outputs.IsEmpty && !second.Sources.SequenceEqual(first.Sources))
            throw Failed(second, $"The generated texts differ after {when}: {TextDifference.Between(first.Sources, second.Sources)}");
    }

    private static bool IsReused(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static string Origin(StepOutput output) => output.Origins.IsEmpty ? "an unnamed step" : $"step '{string.Join("', '", output.Origins)}'";

    private static HarnessException Failed(GeneratorOutcome outcome, string what) => new($"{what}\nAll steps of that run:\n{outcome.Steps}");
}
