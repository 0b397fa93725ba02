using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class RegisterComponentsMissing() : ModuleRule(
    "LORA3001",
    "An adapted model never calls RegisterComponents",
    "{0} never calls RegisterComponents(), so TorchSharp doesn't know its {1}: nothing is moved, saved or adapted; call it at the end of the constructor",
    DiagnosticSeverity.Warning,
    FixKind.InsertStatement)
{
    public override void Check(ModuleClass module, Report report)
    {
        // A user-defined base class may call it.
        if (!TorchTypes.IsModuleBase(module.Type.BaseType!)
            || !module.IsAdaptedModel
            || module.ModuleFields.FirstOrDefault() is not { } first
            || module.Bodies.Any(Registers))
        {
            return;
        }

        var constructor = module.Constructors.FirstOrDefault(body => !body.Owner.IsImplicitlyDeclared)?.Owner;
        var place = constructor ?? module.Type;
        report.At(place.Locations[0], FixHint.InsertStatement("RegisterComponents();"), module.Type.Name, (first.AssociatedSymbol ?? first).Name);
    }

    private static bool Registers(ModuleBody body)
    {
        return body.OwnCalls("RegisterComponents").Concat(body.OwnCalls("register_module")).Any();
    }
}
