using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class OptionWithoutEffect() : DeclarationRule(
    "LORA1012",
    "An option has no effect on a member",
    "{0} applies to a whole model and has no effect on its member {1}; remove it here",
    DiagnosticSeverity.Warning,
    FixKind.RemoveOption)
{
    private static readonly string[] OfModels = ["Targets", "Exclude", "AllowUnreached", "Layers", "Kinds", "MaxTrainableParameters", "Checkpoint"];

    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Member is not { } member)
            return;

        foreach (var option in OfModels.Where(declaration.Options.Sets))
            report.At(declaration.LocationOf(option), FixHint.RemoveOption(option), option, member.Name);
    }
}
