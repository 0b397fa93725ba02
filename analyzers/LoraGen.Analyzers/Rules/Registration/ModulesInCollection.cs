using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class ModulesInCollection() : ModuleRule(
    "LORA3003",
    "Modules are in a member that TorchSharp doesn't register",
    "TorchSharp doesn't register {0}, so its modules are neither moved, saved nor trained; {1}",
    DiagnosticSeverity.Warning,
    FixKind.MakeModuleList)
{
    private static readonly HashSet<string> OwnWays = ["RegisterComponents", "named_children", "named_modules", "named_parameters", "parameters", "state_dict"];

    public override void Check(ModuleClass module, Report report)
    {
        if (module.Type.GetMembers().OfType<IMethodSymbol>().Any(method => method.IsOverride && OwnWays.Contains(method.Name)))
            return;
        if (module.RegistrationsByName.Any(call => MayBeOfElement(call, module)))
            return;

        foreach (var collection in module.Fields.Select(field => ModuleCollection.Of(field, module)).OfType<ModuleCollection>())
        {
            if (!collection.IsFilledWithNewModules || collection.Mentions.Any(IsGivenAway))
                continue;

            var place = (collection.Field.AssociatedSymbol ?? collection.Field).Locations[0];
            report.At(place, ModuleListChange.Of(collection, module), collection.Name, Advice(collection));
        }
    }

    private static string Advice(ModuleCollection collection)
    {
        if (collection.Element?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) is not { } type)
            return "hold each of them in a field or a ModuleList";
        return $"make it a {(collection.IsDictionary ? "ModuleDict" : "ModuleList")}<{type}>";
    }

    // A module that is registered under a computed name, or that a local holds, may be one of a collection's.
    private static bool MayBeOfElement(IInvocationOperation call, ModuleClass module)
    {
        return !call.Arguments.Any(argument => argument.Parameter?.Ordinal == 0 && argument.Value.ConstantValue.HasValue)
            || !call.Arguments.Any(argument => argument.Parameter?.Ordinal == 1 && IsOther(argument.Value.Unconverted(), module));
    }

    private static bool IsOther(IOperation value, ModuleClass module)
    {
        return NewModule.IsMadeBy(value)
            || (value is IMemberReferenceOperation { Instance: IInstanceReferenceOperation } reference
                && (module.StorageOf(reference.Member) is null || TorchTypes.IsModule(reference.Type!) || NewModule.IsParameter(reference.Type!)));
    }

    // It, or a part of it, is assigned to another member or passed to a Sequential, a ModuleList, a method that registers: to anything but .NET's own methods
    // and methods that return a tensor.
    private static bool IsGivenAway(IMemberReferenceOperation mention)
    {
        var part = ModuleCollection.PartOf(mention);
        switch (part.Parent)
        {
            case IAssignmentOperation assignment when assignment.Value == part:
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } when IsGivenAway(local, part):
            case IInvocationOperation call when call.Instance == part
                && call.Arguments.Any(argument => argument.Value.Unconverted() is IInstanceReferenceOperation):
                return true;
        }

        return IsArgument(mention);
    }

    private static bool IsGivenAway(ILocalSymbol local, IOperation place)
    {
        return Locals.Uses(local, Locals.Root(place)).Any(use => use.Parent is IAssignmentOperation or ITupleOperation || IsArgument(use));
    }

    private static bool IsArgument(IOperation mention)
    {
        foreach (var ancestor in mention.Ancestors())
        {
            if (ancestor is not IArgumentOperation { Parent: { } taker })
                continue;
            if (taker is IPropertyReferenceOperation)
                continue;
            var method = (taker as IInvocationOperation)?.TargetMethod ?? (taker as IObjectCreationOperation)?.Constructor;
            if (method is null || (!ModulesWithin.IsOfSystem(method.ContainingType) && method.ReturnType.Name != "Tensor"))
                return true;
        }

        return false;
    }
}
