using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Analyzers.Rules;

internal sealed class AdapterNameTaken() : DeclarationRule(
    "LORA1009",
    "Two adapters have the same name",
    "The type {0} already belongs to adapter \"{1}\" of {2}, so nothing is generated for this attribute; give it another Name",
    DiagnosticSeverity.Error,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (!declaration.CanBeGenerated || AdapterNames.SameTypeBefore(declaration) is not { Count: > 0 } before)
            return;

        var name = declaration.Options.Name;
        var free = AdapterNames.Free(declaration, name, others: before.Count - 1);
        report.At(
            declaration.LocationOf("Name"),
            FixHint.SetOption("Name", SymbolDisplay.FormatLiteral(free, quote: true)),
            AdapterNames.TypeOf(declaration.Model!, name, declaration.Method),
            before[0].Name,
            TypeNames.Label(before[0].Model));
    }
}
