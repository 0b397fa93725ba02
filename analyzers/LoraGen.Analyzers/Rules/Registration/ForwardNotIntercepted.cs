using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class ForwardNotIntercepted() : DeclarationRule(
    "LORA3007",
    "A layer's calls are compiled elsewhere",
    "{0} is called by {1} of {2}, which is compiled without LoraGen: where that calls forward, the adapter is never reached; {3}",
    DiagnosticSeverity.Warning,
    FixKind.SetOption)
{
    private const string Runtime = "LoraGen.Runtime";

    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration is not { Targets: { } targets, Adapter: not null, Options: var options }
            || options.Sets("Reparametrize"))
        {
            return;
        }

        var allowed = AttributeReader.Read(declaration.Data).MayBeUnreached;
        var layers = targets.Layers
            .Where(member => member.Kind is MemberKind.Layer or MemberKind.LayerList
                && IsElsewhere(member.Class)
                && IsElsewhere(member.Field.ContainingType)
                && targets.Of(member) == Targeted.Yes
                && !allowed.Any(pattern => ModelTargets.Matches(pattern, member)))
            .OrderByDescending(member => TorchTypes.IsLinear(member.Type))
            .ToArray();
        if (layers.Length == 0)
            return;

        // With Reparametrize there is no input for dropout to act on, and only a Linear has a weight that can be set.
        var canSet = options.Method is LowRankMethod { Dropout: 0 }
            && targets.Adapted.All(member => TorchTypes.IsLinear(member.Type) || member.Kind is not (MemberKind.Layer or MemberKind.LayerList));
        report.At(
            declaration.Syntax.GetLocation(),
            canSet ? FixHint.SetOption("Reparametrize", "true") : null,
            layers[0].Path,
            layers[0].Class.Name,
            layers[0].Class.ContainingAssembly.Name,
            canSet ? "set Reparametrize = true" : "exclude it, or compile that project with LoraGen");
    }

    private static bool IsElsewhere(INamedTypeSymbol type)
    {
        return !type.Locations.Any(place => place.IsInSource)
            && !TorchTypes.IsBuiltIn(type)
            && type.ContainingModule?.ReferencedAssemblies.Any(reference => reference.Name == Runtime) == false;
    }
}
