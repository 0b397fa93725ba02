using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class RankNotPositive() : DeclarationRule(
    "LORA1001",
    "Rank is not positive",
    "Rank is {0}: A would have {0} rows; use 1 or more, usually 8",
    DiagnosticSeverity.Error,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var options = declaration.Options;
        if (options.Sets("Rank") && options.Rank <= 0)
            report.At(declaration.LocationOf("Rank"), FixHint.SetOption("Rank", "8"), options.Rank);
    }
}
