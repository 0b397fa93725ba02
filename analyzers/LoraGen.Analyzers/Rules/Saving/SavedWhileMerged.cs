using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class SavedWhileMerged() : TrainingRule(
    "LORA5003",
    "The model is saved while its adapter is merged",
    "{0} is saved while {1} is merged: the file holds base plus adapter, and attaching would add the adapter again; call {1}.Unmerge() before, "
    + "or {1}.MergeAndUnload() to keep the merged model",
    DiagnosticSeverity.Warning,
    FixKind.InsertStatement)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var save in script.Of(StepKind.SaveModel).Where(IsToFile))
        {
            var merge = script.Of(StepKind.Merge).FirstOrDefault(each => script.IsMergedAt(each, save) && script.IsOfModel(save, each));
            if (merge is null)
                continue;

            // If it is unmerged afterwards, a second Unmerge() would throw.
            var name = merge.Receiver!.Syntax.ToString();
            var isUnmerged = script.Of(StepKind.Unmerge, merge.Subject).Any(unmerge => unmerge.Position > save.Position);
            report.At(save.Place, isUnmerged ? null : FixHint.InsertStatement($"{name}.Unmerge();"), save.Receiver!.Syntax, name);
        }
    }

    // A state_dict alone may be used for anything, and a file with "merged" in its name is intended.
    private static bool IsToFile(Step save)
    {
        var isWritten = save.Member != "state_dict" || Flow.Around(save.Operation).OfType<IInvocationOperation>().Any(IsSave);
        return isWritten && !IsExport(save.Operation) && save.Statement.Syntax.ToString().IndexOf("merged", StringComparison.OrdinalIgnoreCase) < 0;
    }

    // LoraGen's own SaveCheckpoint saves merged adapters on purpose.
    private static bool IsExport(IOperation operation)
    {
        return operation is IInvocationOperation { TargetMethod.ContainingType: { Name: "CheckpointExtensions", ContainingNamespace.Name: "LoraGen" } };
    }

    private static bool IsSave(IInvocationOperation call) => call.TargetMethod.Name.StartsWith("save", StringComparison.OrdinalIgnoreCase);
}
