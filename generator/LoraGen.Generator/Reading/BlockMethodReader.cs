using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Reads a <c>forward</c> or <c>call</c> of a module that may be a checkpointed block, which is only known when it runs.</summary>
internal static class BlockMethodReader
{
    // TorchSharp's layers are smaller than a block.
    private static readonly HashSet<string> BuiltInBlocks = ["Sequential", "TransformerEncoderLayer", "TransformerDecoderLayer"];

    /// <summary>Returns null if the module can't be a block, or the second run of one could not be given the gradients of its results.</summary>
    public static BlockForward? Read(IMethodSymbol method, ITypeSymbol? receiver, NamedTypes names)
    {
        if (!CanBeBlock(receiver ?? method.ContainingType) || !method.Parameters.All(parameter => CanBeKept(parameter.Type)))
            return null;

        var results = Parts(method.ReturnType);
        return results.All(TorchTypes.IsTensor)
            ? new BlockForward(
                names.NullableName(method.ContainingType),
                method.Name,
                names.NullableName(method.ReturnType),
                method.Parameters.Select(parameter => names.NullableName(parameter.Type)).ToEquatableArray(),
                method.Parameters.Select(parameter => Parts(parameter.Type).Select(names.NullableName).ToEquatableArray()).ToEquatableArray(),
                results.Select(names.NullableName).ToEquatableArray())
            : null;
    }

    private static bool CanBeBlock(ITypeSymbol receiver) => !TorchTypes.IsBuiltIn(receiver) || BuiltInBlocks.Contains(receiver.Name);

    private static bool CanBeKept(ITypeSymbol type) => !type.IsRefLikeType && type.TypeKind is not (TypeKind.Pointer or TypeKind.FunctionPointer);

    private static IEnumerable<ITypeSymbol> Parts(ITypeSymbol type)
    {
        return type is INamedTypeSymbol { IsTupleType: true } tuple ? tuple.TupleElements.Select(element => element.Type) : [type];
    }
}
