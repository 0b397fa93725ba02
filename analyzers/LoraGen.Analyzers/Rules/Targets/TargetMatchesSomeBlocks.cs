using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class TargetMatchesSomeBlocks() : DeclarationRule(
    "LORA2002",
    "A target matches in only some of the blocks",
    "{0} is in {1} of the {2} classes that have {3}, and not in {4}: there it is not adapted; add the name that {4} uses, or write the path that is meant",
    DiagnosticSeverity.Warning)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Targets is not { } targets)
            return;

        var plain = declaration.TargetEntries
            .Where(entry => PlainName.Is(entry.Text))
            .Select(entry => (entry.Text, entry.Place, Classes: PlainName.ClassesWith(entry.Text, targets)))
            .ToArray();
        foreach (var (target, place, classes) in plain)
        {
            foreach (var (other, _, all) in plain)
            {
                var lacking = all.Where(type => !Has(classes, type)).ToArray();
                var common = all.Length - lacking.Length;
                // A class that has a target under another name is not a gap.
                if (common == 0 || lacking.Length == 0 || lacking.Any(type => plain.Any(each => each.Text != other && Has(each.Classes, type))))
                    continue;

                report.At(place, target, common, all.Length, other, lacking[0].Name);
                break;
            }
        }
    }

    private static bool Has(INamedTypeSymbol[] classes, INamedTypeSymbol type) => classes.Contains(type, SymbolEqualityComparer.Default);
}
