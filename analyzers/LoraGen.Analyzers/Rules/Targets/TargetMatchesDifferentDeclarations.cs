using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class TargetMatchesDifferentDeclarations() : DeclarationRule(
    "LORA2004",
    "A target matches layers of different classes",
    "\"{0}\" matches layers of {1} classes: {2}; write a longer path, or exclude one, where not all of them are meant",
    DiagnosticSeverity.Info)
{
    private const int MostNamed = 4;

    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Targets is not { } targets)
            return;

        foreach (var (target, place) in declaration.TargetEntries)
        {
            if (!PlainName.Is(target) || PlainName.Declaring(target, targets) is not { Length: > 1 } classes)
                continue;

            // One path for each class.
            var paths = classes.Select(type => ModelTargets.Shown(
                PlainName.Layers(target, targets).First(layer => SymbolEqualityComparer.Default.Equals(layer.Field.ContainingType, type))));
            report.At(place, target, classes.Length, string.Join(", ", paths.Take(MostNamed)) + (classes.Length > MostNamed ? ", …" : string.Empty));
        }
    }
}
