using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers.Rules;

internal sealed class ModuleNameTaken() : ModuleRule(
    "LORA3004",
    "A module's name is already registered",
    "{0} is already registered by {1}, so this throws; give the module another name",
    DiagnosticSeverity.Error)
{
    public override void Check(ModuleClass module, Report report)
    {
        if (module.Type.GetMembers("register_module").Any() || module.Type.GetMembers("RegisterComponents").Any())
            return;

        var initialized = Made(module.Bodies.Where(body => body.Owner is not IMethodSymbol).SelectMany(module.WritesIn)).ToArray();
        foreach (var constructor in module.Constructors)
            Check(constructor, initialized, module, report);
    }

    private static void Check(ModuleBody constructor, IEnumerable<IFieldSymbol> initialized, ModuleClass module, Report report)
    {
        var made = new HashSet<IFieldSymbol>(initialized, SymbolEqualityComparer.Default);
        var writes = module.WritesIn(constructor).ToLookup(write => write.Operation.Parent);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var statement in Statements(constructor))
        {
            if (statement is IExpressionStatementOperation { Operation: IInvocationOperation { Instance: IInstanceReferenceOperation } call })
            {
                switch (call.TargetMethod.Name)
                {
                    case "RegisterComponents":
                        foreach (var field in made.Where(field => TorchTypes.IsModule(field.Type) && IsPlain(field) && !taken.ContainsKey(field.Name)))
                            taken.Add(field.Name, "RegisterComponents()");
                        continue;
                    case "register_module" or "add_module" when Named(call) is { } named:
                        if (!IsCertainlyThere(named.Module, made))
                            taken.Remove(named.Name);
                        else if (taken.TryGetValue(named.Name, out var by))
                            report.At(named.Place, named.Name, by);
                        else
                            taken.Add(named.Name, $"{call.TargetMethod.Name}(\"{named.Name}\", …)");
                        continue;
                }
            }

            // The effect of any other statement on the registry is unknown.
            if (statement.DescendantsAndSelf().Any(operation => operation is IInvocationOperation { Instance: IInstanceReferenceOperation } or IReturnOperation
                || operation is IMemberReferenceOperation { Member.Name: "_internal_submodules" }))
            {
                taken.Clear();
            }

            if (statement is IExpressionStatementOperation)
                made.UnionWith(Made(writes[statement]));
        }
    }

    private static IEnumerable<IOperation> Statements(ModuleBody constructor)
    {
        return constructor.Blocks
            .OfType<IBlockOperation>()
            .Where(block => block.Syntax.Parent is ConstructorDeclarationSyntax)
            .SelectMany(block => block.Operations);
    }

    private static IEnumerable<IFieldSymbol> Made(IEnumerable<FieldWrite> writes) => writes.Where(write => IsMade(write.Value)).Select(write => write.Field);

    // On every path.
    private static bool IsMade(IOperation value) => value.Unconverted() is IObjectCreationOperation or IInvocationOperation && NewModule.IsMadeBy(value);

    private static bool IsPlain(IFieldSymbol field) => field.AssociatedSymbol is null && field.GetAttributes().IsEmpty;

    private static bool IsCertainlyThere(IOperation value, HashSet<IFieldSymbol> made)
    {
        return IsMade(value)
            || (value.Unconverted() is IFieldReferenceOperation { Instance: IInstanceReferenceOperation, Field: var field } && made.Contains(field));
    }

    private static (string Name, IOperation Module, Location Place)? Named(IInvocationOperation call)
    {
        var name = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;
        var module = call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 1)?.Value;
        return name?.ConstantValue is { HasValue: true, Value: string text } && module is not null ? (text, module, name.Syntax.GetLocation()) : null;
    }
}
