using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class AssignedAfterRegisterComponents() : ModuleRule(
    "LORA3002",
    "A module is assigned after RegisterComponents",
    "RegisterComponents() runs before {0} is assigned, so TorchSharp never moves, saves or trains {0}; call it at the end of the constructor",
    DiagnosticSeverity.Warning,
    FixKind.MoveStatement)
{
    public override void Check(ModuleClass module, Report report)
    {
        foreach (var constructor in module.Constructors)
        {
            if (RegistrationPoint.Of(constructor, module) is not { } point)
                continue;

            var late = Late(constructor, point, module).ToArray();
            if (late.Length > 0)
                report.At(point.Call.Syntax.GetLocation(), point.MoveBehind(late.Last().Operation), late[0].Name);
        }
    }

    private static IEnumerable<FieldWrite> Late(ModuleBody constructor, RegistrationPoint point, ModuleClass module)
    {
        var after = new HashSet<IOperation>(point.After);
        var before = module.Bodies
            .Where(body => !body.IsConstructor || body == constructor)
            .SelectMany(body => FieldWrite.In(body, module))
            .Where(write => !after.Contains(write.Operation))
            .ToArray();
        return FieldWrite.In(constructor, module)
            .Where(write => after.Contains(write.Operation)
                && (TorchTypes.IsModule(write.Field.Type) || NewModule.IsParameter(write.Field.Type))
                && NewModule.IsMadeBy(write.Value)
                && !before.Any(earlier => SymbolEqualityComparer.Default.Equals(earlier.Field, write.Field))
                && !module.RegistrationsByName.Any(call => call.Arguments.Any(argument => argument.Mentions(write.Field))));
    }
}
