using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class BackwardWhileMerged() : TrainingRule(
    "LORA4007",
    "backward() while the adapter is merged",
    "{0} is merged here, so {1} runs on frozen weights alone and backward() fails: no parameter takes part in the loss; call {0}.Unmerge() before",
    DiagnosticSeverity.Error,
    FixKind.InsertStatement)
{
    public override void Check(TrainingScript script, Report report)
    {
        foreach (var backward in script.Of(StepKind.Backward))
        {
            var merge = script.Of(StepKind.Merge).FirstOrDefault(each => script.IsMergedAt(each, backward) && script.IsOnlyAdapter(each));
            if (merge is null || CallOfModel(script, merge, backward) is not { } call)
                continue;

            var region = Flow.Region(merge.Operation);
            var place = Flow.Around(call).Prepend(call).FirstOrDefault(outer => outer.Parent == region);
            var name = merge.Receiver!.Syntax.ToString();
            report.At(
                backward.Place,
                place is null ? null : FixHint.InsertStatement($"{name}.Unmerge();", place.Syntax.GetLocation()),
                name,
                script.ModelName(merge));
        }
    }

    // The call that the loss comes from, if only the merged model could provide a gradient.
    private static IOperation? CallOfModel(TrainingScript script, Step merge, Step backward)
    {
        var origins = Origins.Of(backward.Receiver, script);
        var calls = origins.Calls.Where(call => !ModelCalls.IsOfLoss(call)).ToArray();
        if (origins.HasMore
            || !calls.All(call => script.IsOfModel(call, merge) && script.IsMergedAt(merge, call))
            || !origins.OwnCalls.All(call => merge.Precedes(call) && ModelCalls.TakesModel(call, merge)))
        {
            return null;
        }

        return calls.Select(call => call.Operation).Concat(origins.OwnCalls).OrderBy(call => call.Syntax.SpanStart).FirstOrDefault();
    }
}
