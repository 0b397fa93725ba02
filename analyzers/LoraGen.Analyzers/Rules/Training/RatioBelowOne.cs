using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class RatioBelowOne() : TrainingRule(
    "LORA4019",
    "LoRA+ with a ratio below 1",
    "The ratio is {0}, so B gets a lower learning rate than A, but LoRA+ needs a higher one for B; use {1}",
    DiagnosticSeverity.Warning,
    FixKind.Replace)
{
    private const double Usual = 16;

    public override void Check(TrainingScript script, Report report)
    {
        foreach (var call in script.Of(StepKind.UseAdapter).Where(step => step.Member == "ParameterGroups").Select(step => step.Operation))
        {
            var ratio = ((IInvocationOperation)call).Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "ratio")?.Value;
            if (ratio?.ConstantValue.Value is not { } constant || Convert.ToDouble(constant, CultureInfo.InvariantCulture) is not (< 1 and var value))
                continue;

            // A fraction is most likely the inverse.
            var meant = Numbers.Tidy(value is > 0.001 ? 1 / value : Usual);
            report.At(ratio.Syntax.GetLocation(), FixHint.Replace(meant), Numbers.Text(value), meant);
        }
    }
}
