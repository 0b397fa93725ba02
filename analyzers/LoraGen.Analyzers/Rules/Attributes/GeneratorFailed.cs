using LoraGen.Generator;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class GeneratorFailed() : DeclarationRule(
    "LORA9999",
    "LoraGen failed on a model",
    "No adapter of {0}: {1}",
    DiagnosticSeverity.Error)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Model is not null)
            Check(declaration, declaration.Adapter?.Problem, report);
    }

    /// <param name="problem">The message that the generator wrote instead of an adapter.</param>
    public static void Check(AdapterDeclaration declaration, string? problem, Report report)
    {
        if (problem is not null && Failure.IsInternal(problem))
            report.At(declaration.Syntax.GetLocation(), declaration.Subject, problem);
    }
}
