using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Analyzers.Rules;

internal sealed class AdapterNameInvalid() : DeclarationRule(
    "LORA1008",
    "The adapter's name can't be a name",
    "Name = {0} {1}; it becomes part of type names, folders and keys, so use letters, digits, - and _",
    DiagnosticSeverity.Error,
    FixKind.SetOption)
{
    // What a folder's name or a key of a state_dict can't have in it, on any system.
    private const string Separators = "./\\:*?\"<>|";

    // What keys are made of themselves: in PEFT such a name makes loading pass the adapter's weights by.
    private static readonly string[] KeyParts = ["base_model", "lora", "lora_", "lora_A", "lora_B"];

    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var options = declaration.Options;
        if (declaration.Model is null || !options.Sets("Name") || Fault(options.Name) is not { } fault)
            return;

        var name = AdapterNames.FreeOrNumbered(declaration, Cleaned(options.Name));
        report.At(
            declaration.LocationOf("Name"),
            FixHint.SetOption("Name", SymbolDisplay.FormatLiteral(name, quote: true)),
            SymbolDisplay.FormatLiteral(options.Name, quote: true),
            fault);
    }

    private static string? Fault(string name)
    {
        if (!name.Any(char.IsLetterOrDigit))
            return name.Trim().Length == 0 ? "is empty" : "has no letter and no digit";
        if (name.Where(IsBad).Select(c => (char?)c).FirstOrDefault() is { } bad)
            return $"has {SymbolDisplay.FormatLiteral(bad, quote: true)} in it";
        if (name.Trim() != name)
            return "begins or ends with a space";
        return KeyParts.Contains(name, StringComparer.OrdinalIgnoreCase) ? "is part of every key of an adapter's file" : null;
    }

    private static bool IsBad(char c) => char.IsControl(c) || Separators.IndexOf(c) >= 0;

    private static string Cleaned(string name)
    {
        var words = new string([.. name.Select(c => IsBad(c) ? ' ' : c)]).Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var cleaned = string.Join("-", words).Trim('-');
        if (!cleaned.Any(char.IsLetterOrDigit))
            return "adapter";
        return KeyParts.Contains(cleaned, StringComparer.OrdinalIgnoreCase) ? "adapter-" + cleaned.Replace('_', '-').TrimEnd('-') : cleaned;
    }
}
