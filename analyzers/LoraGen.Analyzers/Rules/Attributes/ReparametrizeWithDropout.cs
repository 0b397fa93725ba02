using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class ReparametrizeWithDropout() : DeclarationRule(
    "LORA1013",
    "Dropout is set together with Reparametrize",
    "Dropout of {0} is {1}, but with Reparametrize there is no input that it could act on; remove one of the two",
    DiagnosticSeverity.Error,
    FixKind.RemoveOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var options = declaration.Options;
        var dropout = options.Get("Dropout", 0.0);
        if (!options.Know("Dropout", "Reparametrize") || !options.Get("Reparametrize", false) || dropout == 0)
            return;

        // A member may add the one to the other, which its class sets.
        if (options.Sets("Dropout"))
            report.At(declaration.LocationOf("Dropout"), FixHint.RemoveOption("Dropout"), declaration.Subject, Numbers.Text(dropout));
        else if (options.Sets("Reparametrize"))
            report.At(declaration.LocationOf("Reparametrize"), declaration.Subject, Numbers.Text(dropout));
    }
}
