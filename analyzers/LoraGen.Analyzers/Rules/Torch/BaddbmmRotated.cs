using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class BaddbmmRotated() : CodeRule(
    "LORA3009",
    "baddbmm multiplies other tensors than its arguments say",
    "In TorchSharp this baddbmm computes {2} + {0}·{1}, not {0} + {1}·{2}: with equal sizes the result is wrong without an error; add {1}.bmm({2}) instead",
    DiagnosticSeverity.Warning,
    FixKind.Replace)
{
    public override bool MayConcern(SyntaxNode node) => TorchCalls.IsNamed(node, "baddbmm");

    public override void Check(IOperation operation, Report report)
    {
        if (!TorchCalls.IsOf(operation, "baddbmm") || operation is not IInvocationOperation call)
            return;
        if (TorchCalls.Input(call) is not { } input
            || TorchCalls.Value(call, "batch1") is not { } first
            || TorchCalls.Value(call, "batch2") is not { } second)
        {
            return;
        }

        report.At(call.Syntax.GetLocation(), FixOf(call, input, first, second), input.Syntax, first.Syntax, second.Syntax);
    }

    private static FixHint? FixOf(IInvocationOperation call, IOperation input, IOperation first, IOperation second)
    {
        return TorchCalls.Receiver(input) is { } added && TorchCalls.Receiver(first) is { } factor
            ? FixHint.Replace($"{added}{Scaled(call, "beta")}.add({factor}.bmm({second.Syntax}){Scaled(call, "alpha")})")
            : null;
    }

    private static string Scaled(IInvocationOperation call, string parameter)
    {
        return TorchCalls.IsGiven(call, parameter) ? $".mul({TorchCalls.Value(call, parameter)!.Syntax})" : string.Empty;
    }
}
