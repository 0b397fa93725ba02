using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Generator.Reading;

/// <summary>Reads a <c>backward</c> of a tensor, and the methods of <c>torch.autograd</c> that run the backward pass.</summary>
internal static class BackwardReader
{
    public static bool IsNamed(string name) => name is "backward" or "grad";

    public static BackwardPass? Read(IMethodSymbol method, NamedTypes names)
    {
        var isTorchs = method.IsStatic ? TorchTypes.IsAutograd(method.ContainingType) : TorchTypes.IsTensor(method.ContainingType);
        if (!isTorchs || !IsNamed(method.Name) || method.IsGenericMethod)
            return null;

        return new BackwardPass(
            method.IsStatic ? null : names.FullName(method.ContainingType),
            method.Name,
            names.NullableName(method.ReturnType),
            method.Parameters.Select(parameter => names.NullableName(parameter.Type)).ToEquatableArray());
    }
}
