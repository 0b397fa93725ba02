using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Products that a module computes with a weight itself, without calling a layer.</summary>
internal static class WeightUse
{
    private static readonly HashSet<string> Products = new(
        ["linear", "matmul", "mm", "bmm", "addmm", "einsum", "tensordot", "inner", "conv1d", "conv2d", "conv3d"], StringComparer.Ordinal);

    private static readonly HashSet<string> Lookups = new(["index_select", "index", "gather", "take_along_dim"], StringComparer.Ordinal);
    private static readonly HashSet<string> Views = new(["t", "transpose", "to", "detach", "permute", "type_as", "alias"], StringComparer.Ordinal);

    /// <summary>The product or lookup that computes with the weight, or a transposed view of it, as a layer would; null for any other use.</summary>
    public static IOperation? Of(IOperation weight)
    {
        var used = LastView(weight);
        return used.Parent switch
        {
            IPropertyReferenceOperation { Property.IsIndexer: true } rows
                when rows.Instance == used && rows.Arguments.Any(index => HoldsTensor(index.Value)) => rows,
            IInvocationOperation call when call.Instance == used && (IsProduct(call) || IsLookup(call)) => call,
            IArgumentOperation { Parent: IInvocationOperation call } when IsProduct(call) || IsLookup(call) => call,
            _ => null,
        };
    }

    /// <summary>The own member that holds the layer whose weight is used; null if the operation is no use of one.</summary>
    public static IMemberReferenceOperation? LayerOf(IPropertyReferenceOperation use)
    {
        return use is { Property.Name: "weight", Instance: IMemberReferenceOperation { Instance: IInstanceReferenceOperation } layer } ? layer : null;
    }

    /// <summary>The operation that computes with the weight's values, or a view of them, in any way; null for any other use.</summary>
    public static IOperation? ComputationOf(IOperation weight)
    {
        var used = LastView(weight);
        return Of(weight) ?? used.Parent switch
        {
            IBinaryOperation { Type.Name: "Tensor" } or IUnaryOperation { Type.Name: "Tensor" } => used.Parent,
            IInvocationOperation call when call.Instance == used && ReadsValues(call) => call,
            IArgumentOperation { Parent: IInvocationOperation call } when ReadsValues(call) && call.TargetMethod.Name != "to" => call,
            _ => null,
        };
    }

    /// <summary>The call of the layer that a product computes: functional.linear(x, fc.weight, fc.bias) is fc.forward(x); null if it is none.</summary>
    public static string? CallFor(IOperation use, IMemberReferenceOperation layer)
    {
        if (!TorchTypes.IsLinear(layer.Type!) || use is not IInvocationOperation { TargetMethod.Name: "linear", Arguments.Length: 3 } product)
            return null;

        var arguments = product.Arguments.OrderBy(argument => argument.Parameter?.Ordinal).Select(argument => AssignedValues.Bare(argument.Value)).ToArray();
        return IsOf(arguments[1], "weight") && IsOf(arguments[2], "bias") ? $"{layer.Syntax}.forward({arguments[0].Syntax})" : null;

        bool IsOf(IOperation argument, string name)
        {
            return argument is IPropertyReferenceOperation { Instance: IMemberReferenceOperation { Instance: IInstanceReferenceOperation } owner } property
                && property.Property.Name == name
                && SymbolEqualityComparer.Default.Equals(owner.Member, layer.Member);
        }
    }

    /// <summary>Whether the operation is a product with a weight.</summary>
    public static bool IsProduct(IOperation operation) => operation is IInvocationOperation call && IsTorch(call, Products) && call.Type?.Name == "Tensor";

    private static IOperation LastView(IOperation weight)
    {
        var used = weight;
        while (used.Parent is { } parent && IsView(parent, used))
            used = parent;
        return used;
    }

    private static bool IsView(IOperation operation, IOperation of)
    {
        return operation switch
        {
            IConversionOperation => true,
            IPropertyReferenceOperation { Property.Name: "T" or "mT" } => true,
            IInvocationOperation call => call.Instance == of && Views.Contains(call.TargetMethod.Name),
            _ => false,
        };
    }

    private static bool IsLookup(IInvocationOperation call) => IsTorch(call, Lookups);

    private static bool IsTorch(IInvocationOperation call, HashSet<string> names)
    {
        return names.Contains(call.TargetMethod.Name) && call.TargetMethod.ContainingNamespace is { Name: "TorchSharp" };
    }

    // A call that ends in _ changes the weight, as an initialization does, and one that ends in _like or _as reads its size.
    private static bool ReadsValues(IInvocationOperation call)
    {
        var name = call.TargetMethod.Name;
        return call.Type?.Name == "Tensor"
            && call.TargetMethod.ContainingNamespace is { Name: "TorchSharp" }
            && !name.EndsWith("_", StringComparison.Ordinal)
            && !name.EndsWith("_like", StringComparison.Ordinal)
            && !name.EndsWith("_as", StringComparison.Ordinal)
            && !name.StartsWith("new_", StringComparison.Ordinal);
    }

    private static bool HoldsTensor(IOperation index)
    {
        return index switch
        {
            IArrayCreationOperation { Initializer: { } items } => items.ElementValues.Any(HoldsTensor),
            IConversionOperation conversion => HoldsTensor(conversion.Operand),
            _ => index.Type?.Name == "Tensor",
        };
    }
}
