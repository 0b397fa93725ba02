using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class CheckpointInContainer() : CodeRule(
    "LORA1020",
    "A container calls a checkpointed block",
    "{0} has [Checkpoint], but the Sequential calls it in TorchSharp's own code, where no call can be intercepted; hold the blocks in a ModuleList and call "
        + "them in a loop, or checkpoint the Sequential as a whole",
    DiagnosticSeverity.Warning)
{
    public override bool MayConcern(SyntaxNode node) => TorchCalls.IsNamed(node, "Sequential");

    public override void Check(IOperation operation, Report report)
    {
        if (!TorchCalls.IsOf(operation, "Sequential") || operation is not IInvocationOperation call)
            return;

        foreach (var created in call.Arguments.SelectMany(argument => argument.Descendants()).OfType<IObjectCreationOperation>())
        {
            if (created.Type is { } type && CheckpointFacts.Of(type) is not null && IsItem(created, call))
                report.At(created.Syntax.GetLocation(), type.Name);
        }
    }

    // Not an argument of something else within.
    private static bool IsItem(IOperation created, IOperation call)
    {
        return created.Ancestors()
            .TakeWhile(outer => outer != call)
            .All(outer => outer is not (IInvocationOperation or IObjectCreationOperation { Type.IsTupleType: false }));
    }
}
