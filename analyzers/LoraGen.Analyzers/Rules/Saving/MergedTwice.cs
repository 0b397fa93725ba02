using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class MergedTwice() : TrainingRule(
    "LORA5001",
    "An adapter is merged twice",
    "{0} is already merged, so this Merge() throws; remove it, or call {0}.Unmerge() between the two",
    DiagnosticSeverity.Error,
    FixKind.RemoveStatement)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var second in script.Of(StepKind.Merge))
        {
            if (!script.Of(StepKind.Merge, second.Subject).Any(first => first != second && script.IsMergedAt(first, second)))
                continue;

            var name = second.Receiver!.Syntax.ToString();
            report.At(second.Place, second.IsStatement ? FixHint.RemoveStatement($"Remove {name}.Merge()") : null, name);
        }
    }
}
