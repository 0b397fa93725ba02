using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class QuantizedWeightRead() : ModuleRule(
    "LORA2023",
    "A quantised weight is read without a call of its layer",
    "{0}.weight is read without a call of {0}{1}, so it can't be quantised; {2}leave {0} out of the targets, or set Base = Quantization.None on it",
    DiagnosticSeverity.Warning,
    FixKind.Replace)
{
    public override void Check(ModuleClass module, Report report)
    {
        if (!module.IsWithinAdapted)
            return;

        foreach (var use in module.Methods.SelectMany(body => body.Operations).OfType<IPropertyReferenceOperation>())
        {
            if (WeightUse.LayerOf(use) is not { } layer || WeightUse.ComputationOf(use) is not { } computation || !IsQuantized(layer.Member))
                continue;

            if (WeightUse.CallFor(computation, layer) is { } call)
                report.At(computation.Syntax.GetLocation(), FixHint.Replace(call), Arguments(layer.Member));
            else
                report.At(use.Syntax.GetLocation(), Arguments(layer.Member));
        }

        foreach (var tie in module.Sources.Constructors(module.Type).SelectMany(TiedWeightReader.Read).Where(tie => tie.IsSure))
        {
            if (IsQuantized(tie.First))
                report.At(tie.Assignment.Syntax.GetLocation(), tie.First.Name, $", as {tie.Second.Name}.weight", string.Empty);
            else if (IsQuantized(tie.Second))
                report.At(tie.Assignment.Syntax.GetLocation(), tie.Second.Name, $", as {tie.First.Name}.weight", string.Empty);
        }

        // Only TorchSharp's Linear is.
        bool IsQuantized(ISymbol member) => TypeOf(member) is { } type && TorchTypes.IsLinear(type) && module.IsQuantized(member);
    }

    private static object[] Arguments(ISymbol layer) => [layer.Name, string.Empty, $"call {layer.Name}, "];

    private static ITypeSymbol? TypeOf(ISymbol member) => (member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type;
}
