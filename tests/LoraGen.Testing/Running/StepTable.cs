using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace LoraGen.Testing;

/// <summary>What the named steps and the outputs of one run did.</summary>
public sealed class StepTable
{
    private readonly ImmutableDictionary<string, ImmutableArray<IncrementalGeneratorRunStep>> steps;

    internal StepTable(GeneratorRunResult result, StepRules rules)
    {
        Names = [.. result.TrackedSteps.Keys.Except(FrameworkSteps.Names)];
        steps = result.TrackedSteps;
        Outputs = [.. result.TrackedOutputSteps.Values.SelectMany(output => output).Select(step => new StepOutput(step))];
        if (Names.FirstOrDefault(name => !rules.Names.Contains(name)) is { } stray)
            throw new HarnessException($"The generator tracks a step '{stray}', which is no constant of {rules.Constants}. Name it there.");
    }

    /// <summary>The names that the generator gave to the steps that ran.</summary>
    public ImmutableSortedSet<string> Names { get; }

    internal ImmutableArray<StepOutput> Outputs { get; }

    /// <summary>Why each value of a step is as it is, in the step's order; empty for a step that had nothing to do.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string name) => [.. Values(name).Select(value => value.Reason)];

    /// <summary>The reasons counted, such as <c>Cached:28 Modified:1</c>.</summary>
    public string Summary(string name) => Count(Reasons(name));

    /// <summary>The reasons of all outputs counted.</summary>
    public string OutputSummary() => Count(Outputs.SelectMany(output => output.Reasons));

    /// <summary>Fails unless this run has every step that the constants name, for a project that uses all of them.</summary>
    public void AssertAllRan(StepRules rules)
    {
        var missing = rules.Names.Except(Names);
        if (!missing.IsEmpty)
            throw new HarnessException($"{rules.Constants} names steps that this run does not have: {string.Join(", ", missing)}. "
                + $"Tracked are: {string.Join(", ", Names)}.");
    }

    /// <summary>One line a step.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var name in Names)
            text.Append("  ").Append(name).Append(": ").Append(Summary(name)).Append('\n');
        return text.Append("  (outputs): ").Append(OutputSummary()).ToString();
    }

    internal IEnumerable<(object Value, IncrementalStepRunReason Reason)> Values(string name) =>
        steps.TryGetValue(name, out var runs) ? runs.SelectMany(run => run.Outputs) : [];

    private static string Count(IEnumerable<IncrementalStepRunReason> reasons)
    {
        var counts = reasons.CountBy(reason => reason.ToString()).OrderBy(count => count.Key, StringComparer.Ordinal);
        return string.Join(' ', counts.Select(count => $"{count.Key}:{count.Value}"));
    }
}
