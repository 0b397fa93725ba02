using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class AlphaNotPositive() : DeclarationRule(
    "LORA1002",
    "Alpha is not a positive number",
    "Alpha is {0}, but what it scales needs a positive number; use the rank or twice the rank, here {1}",
    DiagnosticSeverity.Error,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var options = declaration.Options;
        if (!options.Sets("Alpha") || options.Get("Alpha", double.NaN) is var alpha && alpha > 0 && Numbers.IsFinite(alpha))
            return;

        var usual = Numbers.Tidy(2.0 * (options.Rank > 0 ? options.Rank : 8));
        report.At(declaration.LocationOf("Alpha"), FixHint.SetOption("Alpha", usual), Numbers.Text(alpha), usual);
    }
}
