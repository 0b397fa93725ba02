using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class BothMatricesZero() : DeclarationRule(
    "LORA1006",
    "A and B both start at zero",
    "InitA and InitB of {0} are both Zeros, so neither A nor B ever gets a gradient and nothing trains; leave InitA out",
    DiagnosticSeverity.Error,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var options = declaration.Options;
        if (!options.Sets("InitA") && !options.Sets("InitB"))
            return;
        if (!options.Know("InitA", "InitB") || options.InitA != "Zeros" || options.InitB != "Zeros")
            return;

        report.At(
            declaration.LocationOf(options.Sets("InitA") ? "InitA" : "InitB"),
            FixHint.SetOption("InitA", declaration.WriteInit("KaimingUniform")),
            declaration.Subject);
    }
}
