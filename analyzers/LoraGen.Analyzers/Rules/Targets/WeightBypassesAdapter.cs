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
            if (WeightUse.LayerOf(use) is not { } layer
                || layer.Type is null
                || TorchTypes.LayerKindOf(layer.Type) == LayerKind.Unknown
                || WeightUse.Of(use) is not { } product
                || !module.IsWithinAdapted
                || module.IsQuantized(layer.Member)
                || module.ChangingCallsOf(layer.Member) is not { Count: > 0 } adapters)
            {
                continue;
            }

            if (WeightUse.CallFor(product, layer) is { } call)
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
}
