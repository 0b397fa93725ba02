using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class WeightBypassesAdapter() : ModuleRule(
    "LORA2012",
    "A layer's weight is used without calling the layer",
    "{0}.weight is used without calling {0}, so its adapter does not affect the result; {1}",
    DiagnosticSeverity.Warning,
    FixKind.Replace)
{
    public override void Check(ModuleClass module, Report report)
    {
        foreach (var use in module.Methods.SelectMany(body => body.Operations).OfType<IPropertyReferenceOperation>())
        {
            if (use is not { Property.Name: "weight", Instance: IMemberReferenceOperation { Instance: IInstanceReferenceOperation } layer }
                || layer.Type is null
                || TorchTypes.LayerKindOf(layer.Type) == LayerKind.Unknown
                || WeightUse.Of(use) is not { } product
                || !module.IsWithinAdapted
                || module.ChangingCallsOf(layer.Member) is not { Count: > 0 } adapters)
            {
                continue;
            }

            if (Call(product, layer) is { } call)
                report.At(product.Syntax.GetLocation(), FixHint.Replace(call), layer.Member.Name, Advice(layer, product, adapters));
            else
                report.At(use.Syntax.GetLocation(), layer.Member.Name, Advice(layer, product, adapters));
        }
    }

    // The product with a table's weight is not what its call computes, and only a Linear's weight can be set for the time of a call.
    private static string Advice(IMemberReferenceOperation layer, IOperation use, IReadOnlyList<AdaptedTree> adapters)
    {
        var name = layer.Member.Name;
        if (!TorchTypes.IsLinear(layer.Type!))
        {
            var isHead = TorchTypes.LayerKindOf(layer.Type!) == LayerKind.Embedding && WeightUse.IsProduct(use);
            return isHead ? $"leave {name} out of the targets" : $"call {name}, or leave it out of the targets";
        }

        var otherwise = adapters.All(adapter => adapter.CanReparametrize) ? "set Reparametrize = true on the attribute" : "leave it out of the targets";
        return $"call {name}, or {otherwise}";
    }

    // functional.linear(x, fc.weight, fc.bias) is fc.forward(x).
    private static string? Call(IOperation use, IMemberReferenceOperation layer)
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
}
