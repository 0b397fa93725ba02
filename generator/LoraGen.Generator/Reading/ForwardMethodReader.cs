using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Reads whether a <c>forward</c> is to be intercepted: a possible site's, or an adapted model's.</summary>
internal static class ForwardMethodReader
{
    private static readonly SymbolDisplayFormat WithNullability = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    public static ForwardMethod? Read(IMethodSymbol method, IAssemblySymbol from)
    {
        var isOfLayer = TorchTypes.IsTensorModule(method.ContainingType) || LayerTypes.Of(from).KindOf(method.ContainingType) != LayerKind.Unknown;
        if ((!isOfLayer && !AdaptedModels.Contains(method.ReceiverType, from)) || !CanRepeat(method, from))
            return null;

        return new ForwardMethod(
            TypeNames.FullName(method.ContainingType),
            method.ReturnType.ToDisplayString(WithNullability),
            method.Parameters.Select(parameter => parameter.Type.ToDisplayString(WithNullability)).ToEquatableArray(),
            isOfLayer);
    }

    private static bool CanRepeat(IMethodSymbol method, IAssemblySymbol from)
    {
        return !method.IsGenericMethod
            && !method.ReturnsVoid
            && !method.ReturnType.IsRefLikeType
            && Reach.CanUse(method, from)
            && Reach.CanName(method.ContainingType, from)
            && Reach.IsClosed(method.ContainingType)
            && method.Parameters.All(parameter => parameter.RefKind == RefKind.None && !parameter.IsParams);
    }
}
