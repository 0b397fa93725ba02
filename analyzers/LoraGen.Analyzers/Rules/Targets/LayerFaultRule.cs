using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

/// <summary>A rule about layers of which a method knows a fault; attaching throws for the same fault if it is an error.</summary>
internal abstract class LayerFaultRule(string id, string title, DiagnosticSeverity severity) : DeclarationRule(id, title, "{0}: {1}", severity)
{
    private const long UnknownSize = 4096L * 720720;

    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (declaration.Options.Method is not { } method)
            return;

        foreach (var layer in declaration.Member is { } member ? OfMember(member, method) : OfModel(declaration))
        {
            if (FactsOf(layer, declaration.Contents) is { } facts && FaultOf(method, facts) is { } fault && IsTold(layer, fault, declaration))
            {
                report.At(declaration.LocationOf(fault.Options.FirstOrDefault() ?? "Targets"), ModelTargets.Shown(layer), fault.Message);
                return;
            }
        }
    }

    /// <summary>The fault that the rule reports; null if there is none.</summary>
    protected abstract OptionFault? FaultOf(AdapterMethod method, LayerFacts layer);

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

    /// <summary>What is known of a layer; null if it isn't enough. An unknown size is large, and a multiple of what options usually are.</summary>
    protected virtual LayerFacts? FactsOf(ModelMember layer, MemberContents contents)
    {
        if (contents.KindOf(layer) is not (not LayerKind.Unknown and var kind))
            return null;

        if (contents.SizeOf(layer) is { } known)
            return known with { Name = contents.TypesOf(layer)![0].Name, Path = layer.Path, HasBias = contents.HasBias(layer) };

        var groups = contents.GroupsOf(layer.Symbol, layer.Class, layer.IsInList, layer.Value) ?? 1;
        return new LayerFacts(kind, contents.TypesOf(layer)![0].Name, groups * UnknownSize, groups * UnknownSize, [], groups)
        {
            Path = layer.Path,
            HasBias = contents.HasBias(layer),
        };
    }
}

internal sealed class LayerUnsupported() : LayerFaultRule("LORA2019", "The method can't adapt a layer", DiagnosticSeverity.Error)
{
    protected override OptionFault? FaultOf(AdapterMethod method, LayerFacts layer) => method.Unsupported(layer) is { Rule: null } fault ? fault : null;
}

internal sealed class BiasNotMergeable() : LayerFaultRule(OptionRule.BiasNotMergeable.Id, OptionRule.BiasNotMergeable.Title, DiagnosticSeverity.Warning)
{
    protected override OptionFault? FaultOf(AdapterMethod method, LayerFacts layer) => method.Caution(layer);
}

/// <summary>A rule that a method declares about its options on a layer: attaching throws for the same rule.</summary>
internal abstract class LayerOptionRule(OptionRule rule) : LayerFaultRule(rule.Id, rule.Title, DiagnosticSeverity.Error)
{
    protected sealed override OptionFault? FaultOf(AdapterMethod method, LayerFacts layer)
    {
        return method.Unsupported(layer) is { } fault && fault.Rule == rule ? fault : null;
    }
}

/// <summary>One about the layer's size, which must be known.</summary>
internal abstract class LayerSizeRule(OptionRule rule) : LayerOptionRule(rule)
{
    protected sealed override LayerFacts? FactsOf(ModelMember layer, MemberContents contents) => contents.SizeOf(layer);
}

internal sealed class GloraNeedsBias() : LayerOptionRule(OptionRule.GloraNeedsBias);

internal sealed class GroupsNotDividing() : LayerSizeRule(OptionRule.GroupsNotDividing);

internal sealed class BlocksNotDividing() : LayerSizeRule(OptionRule.BlocksNotDividing);
