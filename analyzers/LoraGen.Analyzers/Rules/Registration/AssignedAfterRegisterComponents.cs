using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Rules;

internal sealed class AssignedAfterRegisterComponents() : ModuleRule(
    "LORA3002",
    "A module is assigned after RegisterComponents",
    "RegisterComponents() runs before {0} is assigned, so TorchSharp never moves, saves or trains {0}; {1}",
    DiagnosticSeverity.Warning,
    FixKind.MoveStatement)
{
    public override void Check(ModuleClass module, Report report)
    {
        var outside = Fields(module.Bodies.Where(body => !body.IsConstructor).SelectMany(module.WritesIn));
        foreach (var constructor in module.Constructors)
        {
            if (RegistrationPoint.Of(constructor, module) is not { } point)
                continue;

            var late = Late(constructor, point, module).Where(write => !outside.Contains(write.Field)).ToArray();
            if (late.Length == 0)
                continue;

            var advice = point.Advice($"assign {late[0].Name} where it is declared, or call register_module(\"{late[0].Name}\", {late[0].Name})");
            report.At(point.Place, point.MoveBehind(late.Last().Operation), late[0].Name, advice);
        }
    }

    private static IEnumerable<FieldWrite> Late(ModuleBody constructor, RegistrationPoint point, ModuleClass module)
    {
        var before = Fields(module.WritesIn(constructor).Where(write => !point.IsBefore(write.Operation)));
        return module.WritesIn(constructor)
            .Where(write => point.IsBefore(write.Operation)
                && (TorchTypes.IsModule(write.Field.Type) || NewModule.IsParameter(write.Field.Type))
                && NewModule.IsMadeBy(write.Value)
                && !before.Contains(write.Field)
                && !module.IsRegisteredByName(write.Field));
    }

    private static HashSet<ISymbol> Fields(IEnumerable<FieldWrite> writes) => new(writes.Select(write => write.Field), SymbolEqualityComparer.Default);
}
