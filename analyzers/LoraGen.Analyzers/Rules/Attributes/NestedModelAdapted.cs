using LoraGen.Generator.Graph;
using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using LoraGen.Targets;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class NestedModelAdapted() : DeclarationRule(
    "LORA1011",
    "A model and a part of it are both adapted",
    "{0} holds {1}, and both have an adapter \"{2}\": attached to one model they adapt {3} twice; keep the attribute on {0} alone, "
        + "or give each its own Targets",
    DiagnosticSeverity.Warning)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        if (!declaration.CanBeGenerated || declaration.Adapter is not { Problem: null } adapter || declaration.Tree is not { } tree)
            return;

        var layers = new HashSet<string>(adapter.Layers.Select(layer => layer.Path), StringComparer.Ordinal);
        var reported = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { declaration.Model!.OriginalDefinition };
        foreach (var part in tree.Members.Where(member => !member.IsIgnored && member.Kind is MemberKind.Module or MemberKind.ModuleList))
        {
            var prefix = part.Path.Replace(TargetPattern.AnyIndex, '*');
            if (part.Type is not INamedTypeSymbol type || reported.Contains(type.OriginalDefinition))
                continue;

            var shared = Attributes(declaration, type)
                .SelectMany(attribute => Layers(declaration, type, attribute))
                .Select(path => $"{prefix}.{path}")
                .FirstOrDefault(layers.Contains);
            if (shared is null)
                continue;

            reported.Add(type.OriginalDefinition);
            report.At(declaration.Syntax.GetLocation(), declaration.Subject, type.Name, adapter.AdapterName, shared);
        }
    }

    // The attributes that give the class an adapter of the same name.
    private static IEnumerable<AttributeData> Attributes(AdapterDeclaration declaration, INamedTypeSymbol type)
    {
        var ofAssembly = declaration.Compilation.Assembly.GetAttributes().Where(attribute => SymbolEqualityComparer.Default.Equals(
            (attribute.ConstructorArguments.FirstOrDefault().Value as INamedTypeSymbol)?.OriginalDefinition, type.OriginalDefinition));
        return type.GetAttributes()
            .Concat(ofAssembly)
            .Where(attribute => LoraTypes.MethodOf(attribute.AttributeClass) == declaration.Method && AdapterNames.Of(attribute) == declaration.Options.Name);
    }

    private static IEnumerable<string> Layers(AdapterDeclaration declaration, INamedTypeSymbol type, AttributeData attribute)
    {
        var read = RootReader.Read(declaration.Method, type.OriginalDefinition, [attribute], declaration.Compilation, declaration.Cancellation);
        return AdapterGraph.Build(LayerReader.Read(read)).SelectMany(adapter => adapter.Layers).Select(layer => layer.Path);
    }
}
