using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class SavedWhileMerged() : TrainingRule(
    "LORA5003",
    "The model is saved while its adapter is merged",
    "{0} is saved while {1} is merged: the file holds base plus adapter, to which attaching would add it again; call {1}.Unmerge() before, "
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

            // Where it is unmerged afterwards, another Unmerge() would throw there.
            var name = merge.Receiver!.Syntax.ToString();
            var isUnmerged = script.Of(StepKind.Unmerge, merge.Subject).Any(unmerge => unmerge.Position > save.Position);
            report.At(save.Place, isUnmerged ? null : FixHint.InsertStatement($"{name}.Unmerge();"), save.Receiver!.Syntax, name);
        }
    }

    // A state_dict by itself may be for anything, and a file that says in its name that it is merged is meant to be.
    private static bool IsToFile(Step save)
    {
        var isWritten = save.Member != "state_dict" || Flow.Around(save.Operation).OfType<IInvocationOperation>().Any(IsSave);
        return isWritten && save.Statement.Syntax.ToString().IndexOf("merged", StringComparison.OrdinalIgnoreCase) < 0;
    }

    private static bool IsSave(IInvocationOperation call) => call.TargetMethod.Name.StartsWith("save", StringComparison.OrdinalIgnoreCase);
}
