using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class VarianceMiscomputed() : CodeRule(
    "LORA3012",
    "A variance over all elements is not the one that is asked for",
    "In TorchSharp {0} {1}; write {2}",
    DiagnosticSeverity.Warning,
    FixKind.Replace)
{
    public override bool MayConcern(SyntaxNode node) => TorchCalls.NameOf(node) is "var" or "var_mean";

    public override void Check(IOperation operation, Report report)
    {
        // The overloads with dimensions are right.
        if (operation is not IInvocationOperation call || !TorchCalls.IsOperator(call) || call.TargetMethod.Parameters.Any(IsDimension))
            return;

        if (call.TargetMethod.Name == "var" && TorchCalls.Value(call, "unbiased")?.ConstantValue is { HasValue: true, Value: false })
            Tell(call, "ignores unbiased: false and divides by one less than the number of elements", ".flatten().var(0, unbiased: false)", report);
        else if (call.TargetMethod is { Name: "var_mean", IsStatic: true })
            Tell(call, "gives the standard deviation instead of the variance", $".var_mean({Unbiased(call)})", report);
    }

    private static bool IsDimension(IParameterSymbol parameter) => parameter.Name is "dim" or "dimensions";

    private static void Tell(IInvocationOperation call, string what, string instead, Report report)
    {
        var input = TorchCalls.Receiver(TorchCalls.Input(call));
        var fix = input is null ? null : FixHint.Replace(input + instead);
        report.At(call.Syntax.GetLocation(), fix, call.Syntax, what, (input ?? "the tensor") + instead);
    }

    private static string Unbiased(IInvocationOperation call)
    {
        return TorchCalls.IsGiven(call, "unbiased") ? $"unbiased: {TorchCalls.Value(call, "unbiased")!.Syntax}" : string.Empty;
    }
}
