using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>
/// Reads whether a <c>forward</c> or <c>call</c> is to be intercepted: a possible site's forward, or either of an adapted model or a possible block.
/// </summary>
internal static class ForwardMethodReader
{
    public static bool IsNamed(string name) => name is "forward" or "call";

    /// <param name="method">The method that is called.</param>
    /// <param name="receiver">The type of what it is called on.</param>
    /// <param name="names">Writes types as code in the assembly that calls it.</param>
    public static InterceptedMethod? Read(IMethodSymbol method, Func<ITypeSymbol?> receiver, NamedTypes names)
    {
        var from = names.Assembly;
        var isOfLayer = method.Name == "forward" && TorchTypes.DerivesFromTensorModule(method.ContainingType);
        if (!TorchTypes.IsModule(method.ContainingType) || !CanRepeat(method, from))
            return null;
        if (!isOfLayer && !AdaptedModels.Contains(receiver(), from))
            return BlockMethodReader.Read(method, receiver(), names);

        var type = names.NullableName(method.ContainingType);
        var result = names.NullableName(method.ReturnType);
        var parameters = method.Parameters.Select(parameter => names.NullableName(parameter.Type)).ToEquatableArray();
        return isOfLayer ? new LayerForward(type, result, parameters) : new ModelForward(type, method.Name, result, parameters);
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
