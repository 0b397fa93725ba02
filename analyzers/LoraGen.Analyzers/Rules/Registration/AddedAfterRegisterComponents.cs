using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class AddedAfterRegisterComponents() : ModuleRule(
    "LORA3008",
    "A module is added to a list after RegisterComponents",
    "RegisterComponents() runs before this constructor adds to {0}, so TorchSharp never moves, saves or trains what is added; {1}",
    DiagnosticSeverity.Warning,
    FixKind.MoveStatement)
{
    public override void Check(ModuleClass module, Report report)
    {
        // A list that is registered by name may be registered later.
        if (module.RegistrationsByName.Any(call => call.TargetMethod.Name is "register_module" or "add_module"))
            return;

        foreach (var constructor in module.Constructors)
        {
            if (RegistrationPoint.Of(constructor, module) is not { } point)
                continue;

            var locals = new LocalValues(constructor);
            // A list that is created later is missed as a whole, which LORA3002 reports.
            var madeLater = new HashSet<ISymbol>(
                module.WritesIn(constructor).Where(write => point.IsBefore(write.Operation)).Select(write => write.Field), SymbolEqualityComparer.Default);
            var adds = point.After
                .OfType<IInvocationOperation>()
                .Select(call => (Call: call, List: AddedTo(call, locals, module)))
                .Where(add => add.List is not null && !madeLater.Contains(add.List))
                .ToArray();
            if (adds.Length == 0)
                continue;

            var advice = point.Advice("fill it where it is declared");
            report.At(point.Place, point.MoveBehind(adds.Last().Call), FieldWrite.NameOf(adds[0].List!), advice);
        }
    }

    // A Sequential reads its own list on every access.
    private static IFieldSymbol? AddedTo(IInvocationOperation call, LocalValues locals, ModuleClass module)
    {
        return call.TargetMethod.Name is "Add" or "append" or "Insert"
            && call.Instance is IMemberReferenceOperation { Instance: IInstanceReferenceOperation } target
            && module.StorageOf(target.Member) is { } list
            && list.Type is INamedTypeSymbol { Name: "ModuleList" or "ModuleDict" } type
            && TorchTypes.IsBuiltIn(type)
            && call.Arguments.Any(argument => IsNew(argument.Value, locals))
                ? list
                : null;
    }

    private static bool IsNew(IOperation value, LocalValues locals)
    {
        var made = locals.Of(value);
        if (made is IArrayCreationOperation { Initializer: { } initializer })
            return initializer.ElementValues.Any(element => IsNew(element, locals));
        return NewModule.IsMadeBy(made) && !NewModule.IsParameterless(made.Type);
    }
}
