using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class UnmergedWithoutMerge() : TrainingRule(
    "LORA5002",
    "An adapter that is not merged is unmerged",
    "{0} is not merged here, so this Unmerge() throws; remove it, or call {0}.Merge() before",
    DiagnosticSeverity.Error,
    FixKind.RemoveStatement)
{
    private static readonly StepKind[] Changes = [StepKind.Merge, StepKind.MergeAndUnload, StepKind.Detach, StepKind.Dispose];

    public override void Check(TrainingScript script, Report report)
    {
        foreach (var unmerge in script.Of(StepKind.Unmerge).Where(unmerge => !script.AsksIsMerged(unmerge)))
        {
            // Certain not to be merged: it was just attached, or unmerged before.
            var before = script.Of(StepKind.Unmerge, unmerge.Subject).Where(other => other != unmerge).Concat(script.Of(StepKind.Attach));
            if (!before.Any(first => IsOf(first, unmerge) && script.Reaches(first, unmerge, unmerge.Subject, Changes)))
                continue;

            var name = unmerge.Receiver!.Syntax.ToString();
            report.At(unmerge.Place, unmerge.IsStatement ? FixHint.RemoveStatement($"Remove {name}.Unmerge()") : null, name);
        }
    }

    private static bool IsOf(Step first, Step unmerge)
    {
        return TrainingScript.IsSame(first.Kind == StepKind.Attach ? first.Result : first.Subject, unmerge.Subject);
    }
}
