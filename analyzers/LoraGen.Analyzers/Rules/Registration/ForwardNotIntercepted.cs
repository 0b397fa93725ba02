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
        var allowed = AttributeReader.Read(declaration.Data).MayBeUnreached;
        if (declaration is not { Tree: { } tree, Targets: { } visible, Adapter: not null, Options: var options }
            || options.Sets("Reparametrize")
            || allowed.Contains(AttributeReader.AllLayers)
            || !tree.Classes.SelectMany(Bases).Any(IsElsewhere))
        {
            return;
        }

        var targets = PrivateMembers.Targets(declaration) ?? visible;
        var layers = targets.Layers
            .Where(member => member.Kind is MemberKind.Layer or MemberKind.LayerList
                && IsElsewhere(member.Class)
                && IsElsewhere(member.Field.ContainingType)
                && targets.Of(member) == Targeted.Yes
                && !allowed.Any(pattern => ModelTargets.Matches(pattern, member)))
            .OrderByDescending(member => TorchTypes.IsLinear(member.Type))
            .ToArray();
        var (path, owner) = layers.Length > 0 ? (ModelTargets.Shown(layers[0]), layers[0].Class) : ("each private layer", Unseen(declaration, tree));
        if (owner is null)
            return;

        // With Reparametrize there is no input for dropout to act on, and only a Linear has a weight that can be set.
        var canSet = options.Method is LowRankMethod { Dropout: 0 }
            && targets.Adapted.All(member => TorchTypes.IsLinear(member.Type) || member.Kind is not (MemberKind.Layer or MemberKind.LayerList));
        report.At(
            declaration.Syntax.GetLocation(),
            canSet ? FixHint.SetOption("Reparametrize", "true") : null,
            path,
            owner.Name,
            owner.ContainingAssembly.Name,
            canSet ? "set Reparametrize = true" : "exclude it, or compile that project with LoraGen");
    }

    // A model or, if a target is within it, a part of one of which the compiler gets no private members, and in which it sees no module.
    private static INamedTypeSymbol? Unseen(AdapterDeclaration declaration, ModelTree tree)
    {
        var parts = tree.Members.Where(member => declaration.Root!.Attributes.Single().Targets.Any(target => IsWithin(target, member)))
            .Select(member => member.Type as INamedTypeSymbol);
        return new[] { declaration.Model }.Concat(parts).FirstOrDefault(type =>
            type is not null
            && IsElsewhere(type)
            && PrivateMembers.AreLeftOut(type)
            && !tree.Members.Any(member => SymbolEqualityComparer.Default.Equals(member.Class, type)));
    }

    private static bool IsWithin(string target, ModelMember part) => target.StartsWith(ModelTargets.Shown(part) + ".", StringComparison.Ordinal);

    private static IEnumerable<INamedTypeSymbol> Bases(ISymbol module)
    {
        for (var type = (INamedTypeSymbol?)module; type is not null && !TorchTypes.IsModuleBase(type); type = type.BaseType)
            yield return type;
    }

    private static bool IsElsewhere(INamedTypeSymbol type)
    {
        return !type.Locations.Any(place => place.IsInSource)
            && !TorchTypes.IsBuiltIn(type)
            && type.ContainingModule?.ReferencedAssemblies.Any(reference => reference.Name == Runtime) == false;
    }
}
