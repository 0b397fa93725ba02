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
        var points = module.Constructors.Select(constructor => (Body: constructor, Point: RegistrationPoint.Of(constructor, module))).ToArray();
        var isRegistered = points.Any(each => each.Point is not null || each.Body.OwnCalls("RegisterComponents").Any(call => !call.IsDeferred()));
        if (!isRegistered || RegistersAgain(module, isSure: points.All(each => each.Point is not null)))
            return;

        foreach (var (constructor, point) in points)
        {
            if (point is not null)
                CheckConstructor(constructor, point, module, report);
        }

        var early = new HashSet<ISymbol>(CalledByConstructors(module), SymbolEqualityComparer.Default);
        var registered = Fields(module.Bodies.Where(body => body.IsConstructor || body.Owner is not IMethodSymbol).SelectMany(module.WritesIn));
        foreach (var method in module.Methods.Where(method => !early.Contains(method.Owner)))
            Check(NameOf(method.Owner), module.WritesIn(method), registered, report);
    }

    private static void CheckConstructor(ModuleBody constructor, RegistrationPoint point, ModuleClass module, Report report)
    {
        var earlier = module.WritesIn(constructor).Where(write => !point.IsBefore(write.Operation) && !write.Operation.IsDeferred() && !point.IsOfBase)
            .Concat(module.Bodies.Where(body => body.Owner is not IMethodSymbol).SelectMany(module.WritesIn));
        Check("This constructor", module.WritesIn(constructor).Where(write => point.IsBefore(write.Operation)), Fields(earlier), report);
    }

    private static void Check(string by, IEnumerable<FieldWrite> writes, HashSet<ISymbol> registered, Report report)
    {
        // A field that is written twice may get its module back.
        foreach (var ofField in writes.GroupBy(write => write.Field, SymbolEqualityComparer.Default))
        {
            var write = ofField.First();
            if (registered.Contains(write.Field) && ofField.Count() == 1 && IsAnother(write))
                report.At(Target(write).GetLocation(), by, write.Name);
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

    private static HashSet<ISymbol> Fields(IEnumerable<FieldWrite> writes)
    {
        var made = writes.Where(write => TorchTypes.IsModule(write.Field.Type) && NewModule.IsMadeBy(write.Value)).Select(write => write.Field);
        return new HashSet<ISymbol>(made, SymbolEqualityComparer.Default);
    }

    // After a first call, which is certain if every constructor makes it, RegisterComponents() does nothing.
    private static bool RegistersAgain(ModuleClass module, bool isSure)
    {
        return module.Type.GetMembers("RegisterComponents").Any()
            || (!isSure && module.Methods.Any(method => method.OwnCalls("RegisterComponents").Any()))
            || module.Methods.Any(method => method.OwnCalls("ClearModules").Any())
            || module.Operations.Any(operation => operation is IMemberReferenceOperation { Member.Name: "_internal_submodules" })
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
