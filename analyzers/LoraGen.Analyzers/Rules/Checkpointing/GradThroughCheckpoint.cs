using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class GradThroughCheckpoint() : CodeRule(
    "LORA4021",
    "Gradients are computed in a way that a checkpointed block refuses",
    "{0} throws if it reaches a checkpointed block, whose second run gives gradients to all parameters, and only once; call backward() without {1}, or "
        + "compute this without the checkpoints",
    DiagnosticSeverity.Info)
{
    public override bool MayConcern(SyntaxNode node) => TorchCalls.IsNamed(node, "grad") || TorchCalls.IsNamed(node, "backward");

    public override void Check(IOperation operation, Report report)
    {
        if (operation is not IInvocationOperation call
            || Refused(call) is not ({ } what, { } without)
            || !CheckpointFacts.AreIn(call.SemanticModel!.Compilation))
        {
            return;
        }

        report.At(call.Syntax.GetLocation(), what, without);
    }

    private static (string? What, string? Without) Refused(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var isStatic = method.IsStatic && TorchTypes.IsAutograd(method.ContainingType);
        if (!isStatic && !TorchTypes.IsTensor(method.ContainingType))
            return default;
        if (method.Name == "grad")
            return ("autograd.grad", "inputs");
        if (method.Name != "backward")
            return default;
        if (TorchCalls.Value(call, "inputs") is { } inputs && !IsDefault(inputs))
            return ("A backward with inputs", "inputs");
        return TorchCalls.Value(call, "create_graph") is { } graph && !IsDefault(graph) ? ("A backward with create_graph", "create_graph") : default;
    }

    private static bool IsDefault(IOperation value) => value.ConstantValue is { HasValue: true, Value: null or false };
}
