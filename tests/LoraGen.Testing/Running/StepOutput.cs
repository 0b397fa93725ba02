using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LoraGen.Testing;

/// <summary>One output of a run and the named steps that feed it.</summary>
internal sealed class StepOutput(IncrementalGeneratorRunStep step)
{
    public ImmutableArray<IncrementalStepRunReason> Reasons { get; } = [.. step.Outputs.Select(output => output.Reason)];

    /// <summary>The nearest named steps upstream; combined and collected values in between have no name.</summary>
    public ImmutableSortedSet<string> Origins { get; } = [.. NearestNames(step)];

    private static IEnumerable<string> NearestNames(IncrementalGeneratorRunStep step) =>
        step.Inputs.SelectMany(input => input.Source.Name is { } name ? [name] : NearestNames(input.Source));
}
