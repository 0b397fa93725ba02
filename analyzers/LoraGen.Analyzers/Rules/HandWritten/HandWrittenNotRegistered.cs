using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class HandWrittenNotRegistered() : ModuleRule(
    "LORA6006",
    "A hand-written LoRA is not registered",
    "{0} never calls RegisterComponents(), so its parameters() is empty and an optimizer over it never sees {1} and {2}; call it at the end of the constructor",
    DiagnosticSeverity.Warning,
    FixKind.InsertStatement)
{
    public override void Check(ModuleClass module, Report report)
    {
        if (module.HandWritten is not { } lora
            || module.Type.BaseType is not { } parent
            || !TorchTypes.IsModuleBase(parent)
            || module.Type.GetMembers("RegisterComponents").Any()
            || module.RegistrationsByName.Any()
            || module.Bodies.Any(body => body.OwnCalls("RegisterComponents").Any())
            || ModuleHolders.MayHold(module))
        {
            return;
        }

        var constructor = module.Constructors.FirstOrDefault(body => !body.Owner.IsImplicitlyDeclared)?.Owner;
        report.At((constructor ?? module.Type).Locations[0], FixHint.InsertStatement("RegisterComponents();"), module.Type.Name, lora.NameOfA, lora.NameOfB);
    }
}
