using System.Runtime.CompilerServices;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

/// <summary>Reads where checkpoints are declared.</summary>
internal static class CheckpointFacts
{
    private static readonly ConditionalWeakTable<Compilation, object> Known = new();

    /// <summary>The [Checkpoint] of a class or member; null if it has none.</summary>
    public static AttributeData? Of(ISymbol symbol) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { Name: "CheckpointAttribute", ContainingNamespace.Name: "LoraGen" });

    /// <summary>Whether the project's own code declares a checkpoint.</summary>
    public static bool AreIn(Compilation compilation)
    {
        return (bool)Known.GetValue(
            compilation,
            static all => AreIn(all.Assembly.GlobalNamespace) || all.Assembly.GetAttributes().Any(IsAdapterWithCheckpoint));
    }

    private static bool AreIn(INamespaceOrTypeSymbol holder)
    {
        return holder.GetMembers().Any(member => member switch
        {
            INamespaceSymbol inner => AreIn(inner),
            INamedTypeSymbol type => (TorchTypes.IsModule(type) && IsDeclaredOn(type)) || type.GetTypeMembers().Any(AreIn),
            _ => false,
        });
    }

    private static bool IsDeclaredOn(INamedTypeSymbol type)
    {
        return Of(type) is not null
            || type.GetAttributes().Any(IsAdapterWithCheckpoint)
            || type.GetMembers().Any(member => member is IFieldSymbol or IPropertySymbol && Of(member) is not null);
    }

    private static bool IsAdapterWithCheckpoint(AttributeData attribute)
    {
        return MethodReader.Of(attribute.AttributeClass) is not null
            && attribute.NamedArguments.Any(
                argument => argument.Key == "Checkpoint" && argument.Value is { Kind: TypedConstantKind.Array, Values.IsEmpty: false });
    }
}
