using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class HandWrittenBaseNotFrozen() : ModuleRule(
    "LORA6004",
    "A hand-written LoRA doesn't freeze its base layer",
    "Nothing in {0} freezes {1}, so an optimizer over parameters() trains the whole layer instead of only {2} and {3}; "
        + "set requires_grad = false on its weight and bias",
    DiagnosticSeverity.Info,
    FixKind.InsertStatement,
    isOn: false)
{
    private static readonly HashSet<string> Freezing =
        ["requires_grad", "requires_grad_", "with_requires_grad", "detach", "detach_", "no_grad", "inference_mode"];

    public override void Check(ModuleClass module, Report report)
    {
        if (module.HandWritten is not { Base: { } layer } lora)
            return;

        var operations = module.Operations.ToArray();
        if (!operations.Any(MayFreeze) && !operations.OfType<IArgumentOperation>().Any(argument => IsGivenAway(argument, layer)))
        {
            var place = (layer.AssociatedSymbol ?? layer).Locations[0];
            report.At(place, Freeze(module, layer), module.Type.Name, FieldWrite.NameOf(layer), lora.NameOfA, lora.NameOfB);
        }
    }

    // Where the only constructor registers, the layer exists.
    private static FixHint? Freeze(ModuleClass module, IFieldSymbol layer)
    {
        var calls = module.Constructors.SelectMany(body => body.OwnCalls("RegisterComponents")).Select(call => call.Syntax.Parent).ToArray();
        if (calls.Length != 1
            || calls[0] is not ExpressionStatementSyntax { Parent: BlockSyntax } registration
            || registration.SyntaxTree != layer.Locations[0].SourceTree)
        {
            return null;
        }

        var freezing = $"foreach (var parameter in {FieldWrite.NameOf(layer)}.parameters()) parameter.requires_grad = false;";
        return FixHint.InsertStatement(freezing, registration.GetLocation());
    }

    private static bool MayFreeze(IOperation operation)
    {
        return operation switch
        {
            IInvocationOperation call => Freezing.Contains(call.TargetMethod.Name)
                || call.TargetMethod.Name.IndexOf("freeze", StringComparison.OrdinalIgnoreCase) >= 0,
            IMemberReferenceOperation reference => Freezing.Contains(reference.Member.Name),
            _ => false,
        };
    }

    private static bool IsGivenAway(IArgumentOperation argument, IFieldSymbol layer)
    {
        return argument.Value.Unconverted() is IMemberReferenceOperation reference
            && reference.IsOf(layer)
            && argument.Parent is IInvocationOperation { TargetMethod.Name: not ("register_module" or "add_module") };
    }
}
