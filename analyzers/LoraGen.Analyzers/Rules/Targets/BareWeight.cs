using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class BareWeight() : ModuleRule(
    "LORA2013",
    "A linear layer is computed from a bare weight",
    "{0} multiplies by {1} itself, so no adapter can act there; make {1} a Linear{2}",
    DiagnosticSeverity.Info)
{
    public override void Check(ModuleClass module, Report report)
    {
        foreach (var use in module.Methods.SelectMany(body => body.Operations).OfType<IMemberReferenceOperation>())
        {
            if (use is not { Instance: IInstanceReferenceOperation, Type.Name: "Parameter" or "Tensor" }
                || use.Member is not (IFieldSymbol or IPropertySymbol)
                || WeightUse.Of(use) is not IInvocationOperation { TargetMethod.Name: "linear" } product
                || !IsWeightOf(product, use)
                || LayerTypes.Of(module.Compilation.Assembly).IsLayer(module.Type)
                || LayerTypes.HasContract(module.Type)
                || !module.MayBeWithinAdapted)
            {
                continue;
            }

            // Others can't be adapted as layers: LORA2021.
            var contract = TorchTypes.DerivesFromTensorModule(module.Type) ? $", or let {module.Type.Name} implement ILinearLayer" : string.Empty;
            report.At(use.Syntax.GetLocation(), module.Type.Name, use.Member.Name, contract);
        }
    }

    private static bool IsWeightOf(IInvocationOperation product, IOperation use)
    {
        return product.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 1) is { } weight && weight.Syntax.Span.Contains(use.Syntax.Span);
    }
}
