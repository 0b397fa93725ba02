using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Reads a factory of <c>torch.nn</c> whose layers can be created without weights.</summary>
internal static class LayerFactoryReader
{
    private static readonly HashSet<string> Names = ["Linear", "Conv1d", "Conv2d", "Conv3d", "Embedding", "EmbeddingBag"];

    // The factories that the runtime calls itself, and their parameters in the version of TorchSharp that it was written for.
    private static readonly Dictionary<string, int> MadeByRuntime = new() { ["Embedding"] = 9, ["EmbeddingBag"] = 11 };

    private static readonly SymbolDisplayFormat WithNullability = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static bool IsNamed(string? name) => name is not null && Names.Contains(name);

    public static LayerFactory? Read(IMethodSymbol method)
    {
        if (!method.IsStatic || !TorchTypes.IsNn(method.ContainingType) || method.IsGenericMethod)
            return null;

        // Linear also has a factory that takes existing weights.
        var device = method.Parameters.FirstOrDefault(parameter => TorchTypes.IsDevice(parameter.Type));
        return device is null || (MadeByRuntime.TryGetValue(method.Name, out var parameters) && parameters != method.Parameters.Length)
            ? null
            : new LayerFactory(
                method.Name,
                method.ReturnType.ToDisplayString(WithNullability),
                method.Parameters.Select(parameter => parameter.Type.ToDisplayString(WithNullability)).ToEquatableArray(),
                device.Ordinal);
    }
}
