using LoraGen.Generator.Models;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoraGen.Generator.Reading;

/// <summary>Reads the text that creates a layer: <c>nn.Linear(width, 4 * width)</c>.</summary>
internal static class LayerTextReader
{
    // The parameter names of the layers' factories in TorchSharp's versions.
    private static readonly string[] InputNames = ["inputSize", "in_features", "num_embeddings", "in_channels", "inputChannel"];
    private static readonly string[] OutputNames = ["outputSize", "out_features", "embedding_dims", "out_channels", "outputChannel"];
    private static readonly string[] KernelNames = ["kernel_size", "kernelSize"];
    private static readonly string[] GroupsNames = ["groups"];

    /// <summary>The layer's text; null for anything but a call of a named factory.</summary>
    public static LayerText? Read(ExpressionSyntax value)
    {
        if (value is not InvocationExpressionSyntax call || FactoryName(call.Expression) is not { } factory)
            return null;
        var arguments = call.ArgumentList.Arguments;
        return LayerKinds.Named(factory) switch
        {
            LayerKind.Unknown => new LayerText(factory, null, null, Children: factory == SequentialReader.Factory ? SequentialReader.Read(call) : null),
            LayerKind.Convolution => new LayerText(
                factory,
                Argument(arguments, 0, InputNames),
                Argument(arguments, 1, OutputNames),
                Argument(arguments, 2, KernelNames),
                Argument(arguments, 7, GroupsNames) ?? "1"),
            _ => new LayerText(factory, Argument(arguments, 0, InputNames), Argument(arguments, 1, OutputNames)),
        };
    }

    private static string? FactoryName(ExpressionSyntax called)
    {
        return called switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: var owner, Name: IdentifierNameSyntax name } when IsNn(owner) => name.Identifier.ValueText,
            _ => null,
        };
    }

    private static bool IsNn(ExpressionSyntax owner)
    {
        return owner is IdentifierNameSyntax { Identifier.ValueText: "nn" or "torch" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "nn" };
    }

    private static string? Argument(IReadOnlyList<ArgumentSyntax> arguments, int position, string[] names)
    {
        var argument = arguments.FirstOrDefault(candidate => names.Contains(candidate.NameColon?.Name.Identifier.ValueText))
            ?? (position < arguments.Count && arguments[position].NameColon is null ? arguments[position] : null);
        return argument is null ? null : string.Join(" ", argument.Expression.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
