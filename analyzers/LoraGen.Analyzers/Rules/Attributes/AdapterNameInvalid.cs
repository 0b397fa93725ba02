using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Analyzers.Rules;

internal sealed class AdapterNameInvalid() : DeclarationRule(
    "LORA1008",
    "The adapter's name is invalid",
    "Name = {0} {1}; it becomes part of type names, folders and keys, so use letters, digits, - and _",
    DiagnosticSeverity.Error,
    FixKind.SetOption)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var options = declaration.Options;
        if (declaration.Model is null || !options.Sets("Name") || AdapterName.FaultOf(options.Name) is not { } fault)
            return;

        var name = AdapterNames.FreeOrNumbered(declaration, AdapterName.Cleaned(options.Name));
        report.At(
            declaration.LocationOf("Name"),
            FixHint.SetOption("Name", SymbolDisplay.FormatLiteral(name, quote: true)),
            SymbolDisplay.FormatLiteral(options.Name, quote: true),
            fault);
    }
}
