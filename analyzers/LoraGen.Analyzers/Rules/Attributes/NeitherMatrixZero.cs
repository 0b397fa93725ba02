using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class NeitherMatrixZero() : DeclarationRule(
    "LORA1007",
    "Neither A nor B starts at zero",
    "InitA of {0} is {1} and InitB is {2}, so the adapter changes the model's output before the first step; let B start as Zeros",
    DiagnosticSeverity.Warning,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var options = declaration.Options;
        if (!options.Sets("InitA") && !options.Sets("InitB"))
            return;
        if (!options.Know("InitA", "InitB") || options.Method is not LowRankMethod low || !IsRandom(low.InitA) || !IsRandom(low.InitB))
            return;

        report.At(
            declaration.LocationOf(options.Sets("InitB") ? "InitB" : "InitA"),
            FixHint.SetOption("InitB", declaration.WriteEnum(LoraInit.Zeros)),
            declaration.Subject,
            low.InitA,
            low.InitB);
    }

    // A number that is not a value of the enum is not a choice.
    private static bool IsRandom(LoraInit init) => init is LoraInit.KaimingUniform or LoraInit.Gaussian;
}
