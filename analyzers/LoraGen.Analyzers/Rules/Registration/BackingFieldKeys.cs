using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class BackingFieldKeys() : ModuleRule(
    "LORA3006",
    "A module's state_dict key is the name of a backing field",
    "The state_dict keys of {0} begin with <{0}>k__BackingField, which doesn't match the keys of other tools; "
        + "name its field with [field: ComponentName(Name = \"{0}\")]",
    DiagnosticSeverity.Info,
    FixKind.AddAttribute)
{
    public override void Check(ModuleClass module, Report report)
    {
        if (!module.IsWithinAdapted)
            return;

        foreach (var field in module.Fields.Where(field => field.AssociatedSymbol is IPropertySymbol && TorchTypes.IsModule(field.Type)))
        {
            var property = field.AssociatedSymbol!;
            if (!IsNamed(field) && !IsNamed(property) && !module.IsRegisteredByName(field))
                report.At(property.Locations[0], FixHint.AddAttribute($"field: TorchSharp.Utils.ComponentName(Name = \"{property.Name}\")"), property.Name);
        }
    }

    private static bool IsNamed(ISymbol member) => member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ComponentNameAttribute");
}
