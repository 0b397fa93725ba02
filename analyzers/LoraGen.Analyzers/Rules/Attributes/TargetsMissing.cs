using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class TargetsMissing() : DeclarationRule(
    "LORA1026",
    "An adapter attribute doesn't say what is trained",
    "[{0}] has no default for what is trained: set {1}",
    DiagnosticSeverity.Error)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Member is not null
            || declaration.Options.Method is not { RequiredChoice: { } choice } method
            || declaration.Options.Sets("Targets")
            || declaration.Options.Sets("After"))
        {
            return;
        }

        // A layer with its own attribute is named by that.
        var isChosen = method.HasSites ? declaration.Targets is { } targets && targets.Layers.Any(targets.HasOwnAttribute) : declaration.Options.Sets("Layers");
        if (!isChosen)
            report.At(declaration.Syntax.GetLocation(), declaration.Method.AttributeLabel, choice);
    }
}
