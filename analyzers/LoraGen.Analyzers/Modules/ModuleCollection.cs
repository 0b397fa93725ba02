using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>A field with modules that TorchSharp doesn't register, because its value is none: a collection, a tuple, a record, a delegate.</summary>
internal sealed class ModuleCollection
{
    private static readonly HashSet<string> Adding = new(
        ["Add", "Insert", "TryAdd", "Enqueue", "Push", "AddFirst", "AddLast", "AddBefore", "AddAfter", "AddRange", "GetOrAdd", "AddOrUpdate", "SetValue"],
        StringComparer.Ordinal);

    private readonly ModuleClass _module;

    private ModuleCollection(IFieldSymbol field, ModuleClass module)
    {
        Field = field;
        Element = field.Type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { Arity: > 0 } named when IsSystemCollection(named) => named.TypeArguments[named.Arity - 1],
            _ => null,
        };
        if (Element is not null && !TorchTypes.IsModule(Element))
            Element = null;
        _module = module;
    }

    public IFieldSymbol Field { get; }

    /// <summary>The type of the modules in an array or collection; for a dictionary, of the values. Null if it isn't simply one of these.</summary>
    public ITypeSymbol? Element { get; }

    public string Name => FieldWrite.NameOf(Field);

    public bool IsDictionary => Field.Type is INamedTypeSymbol { Arity: 2 };

    /// <summary>Every reference to it in the class.</summary>
    public IEnumerable<IMemberReferenceOperation> Mentions =>
        _module.UsesOf(Field).Select(use => use.Operation).OfType<IMemberReferenceOperation>();

    /// <summary>Null for a field of any other type.</summary>
    public static ModuleCollection? Of(IFieldSymbol field, ModuleClass module) => ModulesWithin.AreIn(field.Type) ? new ModuleCollection(field, module) : null;

    /// <summary>Whether the class puts modules in that are created there and referenced nowhere else.</summary>
    public bool IsFilledWithNewModules =>
        Field.Type.TypeKind == TypeKind.Delegate ? Captured.Any(IsNewAndOnlyCalled) : Puts.SelectMany(ModulesWithin.Parts).Any(IsNew);

    /// <summary>The expression for a part of a value, outermost: <c>all["a"].Items[0]</c> for a mention of <c>all</c>.</summary>
    public static IOperation PartOf(IOperation mention)
    {
        var part = mention;
        while (part.Parent is IMemberReferenceOperation or IArrayElementReferenceOperation or IConversionOperation or IParenthesizedOperation
            && part.Parent.ChildOperations.First() == part)
        {
            part = part.Parent;
        }

        return part;
    }

    /// <summary>The values that the class puts in.</summary>
    private IEnumerable<IOperation> Puts
    {
        get
        {
            foreach (var write in _module.WritesOf(Field))
                yield return write.Value;

            foreach (var mention in Mentions)
            {
                var part = PartOf(mention);
                switch (part.Parent)
                {
                    case IInvocationOperation call when call.Instance == part && Adding.Contains(call.TargetMethod.Name):
                        foreach (var argument in call.Arguments)
                            yield return argument.Value;
                        break;
                    case IAssignmentOperation assignment when assignment.Target == part && part != mention:
                        yield return assignment.Value;
                        break;
                }
            }
        }
    }

    // The locals that lambdas in it use.
    private IEnumerable<(ILocalSymbol Local, IAnonymousFunctionOperation By)> Captured => _module.WritesOf(Field)
        .SelectMany(write => write.Value.DescendantsAndSelf().OfType<IAnonymousFunctionOperation>())
        .SelectMany(lambda => lambda.Descendants().OfType<ILocalReferenceOperation>().Select(use => (use.Local, lambda)));

    private bool IsNew(IOperation value)
    {
        var made = value.Unconverted();
        if (made is ILocalReferenceOperation { Local: var local })
            return IsNewAndOnlyHere(local);
        return NewModule.IsMadeBy(made) && !NewModule.IsParameterless(made.Type);
    }

    private bool IsNewAndOnlyHere(ILocalSymbol local) => IsNew(local) && Uses(local).Count(IsPassed) == 1;

    private bool IsNewAndOnlyCalled((ILocalSymbol Local, IAnonymousFunctionOperation By) captured)
    {
        return IsNew(captured.Local)
            && _module.DeclaratorsOf(captured.Local).All(declarator => !declarator.Ancestors().Contains(captured.By))
            && !Uses(captured.Local).Any(use => IsPassed(use) && use.Parent is not IReturnOperation);
    }

    private bool IsNew(ILocalSymbol local)
    {
        var values = _module.DeclaratorsOf(local)
            .Select(declarator => (declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value)
            .ToArray();
        return values.Length == 1 && values[0] is { } value && NewModule.IsMadeBy(value) && !NewModule.IsParameterless(value.Unconverted().Type);
    }

    private IEnumerable<IOperation> Uses(ILocalSymbol local) => _module.UsesOf(local).Select(use => use.Operation);

    private static bool IsPassed(IOperation reference)
    {
        return reference.Parent is not IMemberReferenceOperation && (reference.Parent as IInvocationOperation)?.Instance != reference;
    }

    private static bool IsSystemCollection(INamedTypeSymbol type)
    {
        return type.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal) == true;
    }
}
