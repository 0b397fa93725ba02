using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class LayerUnsupported() : DeclarationRule(
    "LORA2019",
    "The method can't adapt a layer",
    "{0}: {1}",
    DiagnosticSeverity.Error)
{
    private const long UnknownSize = 4096L * 720720;

    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Options.Method is not { } method)
            return;

        foreach (var layer in declaration.Member is { } member ? OfMember(member, method) : OfModel(declaration))
        {
            if (FactsOf(layer, declaration.Contents) is { } facts && method.Unsupported(facts) is { } fault && IsTold(layer, fault, declaration))
            {
                report.At(declaration.LocationOf(fault.Options.FirstOrDefault() ?? "Targets"), ModelTargets.Shown(layer), fault.Message);
                return;
            }
        }
    }

    // A layer with its own attribute is checked there.
    private static IEnumerable<ModelMember> OfModel(AdapterDeclaration declaration)
    {
        return declaration.Targets is not { } targets
            ? []
            : targets.Adapted.Where(layer => targets.Of(layer) == Targeted.Yes && !targets.HasOwnAttribute(layer));
    }

    // Options that name layers by path need the path of the member, which depends on the model.
    private static IEnumerable<ModelMember> OfMember(ISymbol member, AdapterMethod method)
    {
        var field = member as IFieldSymbol ?? Backing((IPropertySymbol)member);
        if (field is null || method.PathOptions.Any(option => option.Patterns.Count > 0))
            return [];

        var isList = TorchTypes.IsModuleList(field.Type);
        var type = isList ? ((INamedTypeSymbol)field.Type).TypeArguments[0] : field.Type;
        return [new ModelMember(member.Name, field, member.ContainingType, type, isList, MemberKind.Open, IsIgnored: false)];
    }

    private static IFieldSymbol? Backing(IPropertySymbol property)
    {
        return property.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
    }

    // LORA2009 reports a rank that doesn't fit the groups, with a fix.
    private static bool IsTold(ModelMember layer, OptionFault fault, AdapterDeclaration declaration)
    {
        return !fault.Options.Contains("Rank")
            && declaration.Options.Know([.. fault.Options])
            && !fault.Options.Any(option => declaration.Targets?.IsOverridden(layer, option) == true);
    }

    // An unknown size is large, and a multiple of what options usually are.
    private static LayerFacts? FactsOf(ModelMember layer, MemberContents contents)
    {
        if (contents.KindOf(layer) is not (not LayerKind.Unknown and var kind))
            return null;

        if (contents.SizeOf(layer) is { } known)
            return known with { Path = layer.Path };

        var groups = contents.GroupsOf(layer.Symbol, layer.Class, layer.IsInList, layer.Value) ?? 1;
        return new LayerFacts(kind, contents.TypesOf(layer)![0].Name, groups * UnknownSize, groups * UnknownSize, [], groups) { Path = layer.Path };
    }
}
