using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>What an adapter trains of the base model itself: members with [Trainable], and biases.</summary>
internal static class TrainedParts
{
    /// <summary>The first of them for messages; null if there is none, and if the adapter's attribute isn't found.</summary>
    public static string? Of(ITypeSymbol? adapter, Compilation compilation, CancellationToken cancellation)
    {
        if (LoraTypes.ModelOf(adapter) is not INamedTypeSymbol { OriginalDefinition: var model } || !TorchTypes.IsModule(model))
            return null;
        var own = Attributes(model, compilation).FirstOrDefault(each => AdapterNames.TypeOf(model, each.Name, each.Method) == adapter!.Name);
        if (own.Method is not { } method)
            return null;

        var tree = ModelTree.Of(model, method, compilation, cancellation);
        if (tree.Members.FirstOrDefault(member => IsTrained(member.Field, own.Name)) is { } trained)
            return ModelTargets.Shown(trained);
        return own.Attribute.NamedArguments.Any(option => option is { Key: "Bias", Value.Value: not (null or 0) }) ? "biases" : null;
    }

    private static IEnumerable<(AttributeData Attribute, MethodFacts Method, string Name)> Attributes(INamedTypeSymbol model, Compilation compilation)
    {
        return model.GetAttributes()
            .Concat(compilation.Assembly.GetAttributes().Where(attribute => IsFor(attribute, model)))
            .Select(attribute => (attribute, Method: LoraTypes.MethodOf(attribute.AttributeClass)))
            .Where(each => each.Method is not null)
            .Select(each => (each.attribute, each.Method!, AdapterNames.Of(each.attribute)));
    }

    private static bool IsFor(AttributeData attribute, INamedTypeSymbol model)
    {
        return attribute.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol type
            && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, model);
    }

    private static bool IsTrained(IFieldSymbol field, string adapter)
    {
        return field.GetAttributes()
            .Concat(field.AssociatedSymbol?.GetAttributes() ?? [])
            .Where(attribute => attribute.AttributeClass?.ToDisplayString() == "LoraGen.TrainableAttribute")
            .Any(attribute => (AttributeReader.Read(attribute).Name ?? adapter) == adapter);
    }
}
