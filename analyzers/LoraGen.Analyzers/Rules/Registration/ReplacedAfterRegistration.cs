using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class ReplacedAfterRegistration() : ModuleRule(
    "LORA3005",
    "A registered module is replaced",
    "{0} puts another module into {1}, but TorchSharp keeps the one that was registered: state_dict(), parameters() and to() don't see the new one; "
        + "call register_module(\"{1}\", null), then register_module(\"{1}\", {1})",
    DiagnosticSeverity.Warning)
{
    public override void Check(ModuleClass module, Report report)
    {
        if (!module.Constructors.Any(constructor => constructor.OwnCalls("RegisterComponents").Any(call => !call.IsDeferred())) || RegistersAgain(module))
            return;

        var early = new HashSet<ISymbol>(CalledByConstructors(module), SymbolEqualityComparer.Default);
        var registered = new HashSet<ISymbol>(Registered(module), SymbolEqualityComparer.Default);
        foreach (var method in module.Methods.Where(method => !early.Contains(method.Owner)))
        {
            // A field that is written twice may get its module back.
            foreach (var writes in module.WritesIn(method).GroupBy(write => write.Field, SymbolEqualityComparer.Default))
            {
                var write = writes.First();
                if (registered.Contains(write.Field) && writes.Count() == 1 && IsAnother(write))
                    report.At(Target(write).GetLocation(), NameOf(method.Owner), write.Name);
            }
        }
    }

    private static SyntaxNode Target(FieldWrite write) => write.Operation is IAssignmentOperation and not IDeconstructionAssignmentOperation
        ? ((IAssignmentOperation)write.Operation).Target.Syntax
        : write.Operation.Syntax;

    private static string NameOf(ISymbol method) => method is IMethodSymbol { AssociatedSymbol: { } property } ? property.Name : method.Name;

    // A module that is created there or passed by the caller; to(…) and similar methods return the same module.
    private static bool IsAnother(FieldWrite write)
    {
        var value = write.Value.Unconverted();
        return value is IParameterReferenceOperation || (NewModule.IsMadeBy(value) && (value is IObjectCreationOperation || !value.Mentions(write.Field)));
    }

    // The fields that a constructor or an initializer fills.
    private static IEnumerable<IFieldSymbol> Registered(ModuleClass module)
    {
        return module.Bodies
            .Where(body => body.IsConstructor || body.Owner is not IMethodSymbol)
            .SelectMany(module.WritesIn)
            .Where(write => TorchTypes.IsModule(write.Field.Type) && NewModule.IsMadeBy(write.Value))
            .Select(write => write.Field);
    }

    private static bool RegistersAgain(ModuleClass module)
    {
        return module.Type.GetMembers("RegisterComponents").Any()
            || module.Methods.Any(method => method.OwnCalls("RegisterComponents").Any() || method.OwnCalls("ClearModules").Any())
            || module.Methods
                .SelectMany(method => method.Operations)
                .Any(operation => operation is IMemberReferenceOperation { Member.Name: "_internal_submodules" })
            || module.RegistrationsByName.Any(call => call.TargetMethod.Name is "register_module" or "add_module");
    }

    private static IEnumerable<ISymbol> CalledByConstructors(ModuleClass module)
    {
        var open = new Queue<ModuleBody>(module.Bodies.Where(body => body.IsConstructor || body.Owner is not IMethodSymbol));
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        while (open.Count > 0)
        {
            foreach (var called in open.Dequeue().Operations.SelectMany(Called))
            {
                if (seen.Add(called) && module.BodyOf(called) is { } body)
                    open.Enqueue(body);
            }
        }

        return seen;
    }

    private static IEnumerable<ISymbol> Called(IOperation operation)
    {
        return operation switch
        {
            IInvocationOperation { Instance: IInstanceReferenceOperation } call => [call.TargetMethod],
            IMethodReferenceOperation reference => [reference.Method],
            IPropertyReferenceOperation { Instance: IInstanceReferenceOperation, Property: var property } =>
                new ISymbol?[] { property.SetMethod, property.GetMethod }.OfType<ISymbol>(),
            _ => [],
        };
    }
}
