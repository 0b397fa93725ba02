using LoraGen.Generator;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class ModelNotAdaptable() : DeclarationRule(
    "LORA1015",
    "No adapter can be generated",
    "No adapter is generated for this attribute: {0}",
    DiagnosticSeverity.Error,
    FixKind.RemoveAttribute)
{
    public override void Check(AdapterDeclaration declaration, Report report)
    {
        var place = declaration.Syntax.GetLocation();
        if (declaration.Model is not { } model)
        {
            if (declaration.IsOnAssembly && NamesNoClass(declaration.Data))
                report.At(place, FixHint.RemoveAttribute(declaration.Method.AttributeLabel), "it names no model class; pass the typeof(…) of one");
        }
        else if (KnownBases.Of(model) && declaration.Adapter?.Problem is { } problem && !Failure.IsInternal(problem))
        {
            // A class that is not a module can't get an adapter; how to fix the other problems is the author's decision.
            if (TorchTypes.IsModule(model))
                report.At(place, problem);
            else
                report.At(place, FixHint.RemoveAttribute(declaration.Method.AttributeLabel), problem);
        }
    }

    // The compiler reports a missing type.
    private static bool NamesNoClass(AttributeData data)
    {
        return data.AttributeConstructor is not null
            && (data.ConstructorArguments.Length == 0 || data.ConstructorArguments[0] is { Kind: TypedConstantKind.Type, Value: null or IArrayTypeSymbol });
    }
}
