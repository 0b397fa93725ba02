using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class DropoutOutOfRange() : DeclarationRule(
    "LORA1005",
    "Dropout is no probability",
    "Dropout is {0}, but it is a probability from 0 to below 1; write {1} or leave it out",
    DiagnosticSeverity.Error,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var options = declaration.Options;
        var dropout = options.Get("Dropout", 0.0);
        if (!options.Sets("Dropout") || dropout is >= 0 and < 1)
            return;

        // From 1 on it is a percentage, most likely.
        var meant = Numbers.Tidy(dropout is >= 1 and < 100 ? dropout / 100 : 0.05);
        report.At(declaration.LocationOf("Dropout"), FixHint.SetOption("Dropout", meant), Numbers.Text(dropout), meant);
    }
}
