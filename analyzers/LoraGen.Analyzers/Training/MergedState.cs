namespace LoraGen.Analyzers;

/// <summary>Where an adapter is known to be merged.</summary>
internal static class MergedState
{
    private static readonly StepKind[] Ends = [StepKind.Unmerge, StepKind.MergeAndUnload, StepKind.Detach, StepKind.Dispose];

    /// <summary>Whether the adapter is certain to be still merged at the later step. It never is in a body that reads IsMerged.</summary>
    public static bool IsMergedAt(this TrainingScript script, Step merge, Step later)
    {
        return script.Reaches(merge, later, merge.Subject, Ends) && !script.AsksIsMerged(merge);
    }

    public static bool AsksIsMerged(this TrainingScript script, Step ofAdapter)
    {
        return script.Of(StepKind.UseAdapter, ofAdapter.Subject).Any(step => step.Member == "IsMerged");
    }
}
