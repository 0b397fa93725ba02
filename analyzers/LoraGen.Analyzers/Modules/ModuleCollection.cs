using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>A field with modules in a collection that TorchSharp doesn't register: an array, a list, a dictionary.</summary>
internal sealed class ModuleCollection
{
    private readonly ModuleClass _module;

    private ModuleCollection(IFieldSymbol field, ITypeSymbol element, ModuleClass module)
    {
        Field = field;
        Element = element;
        _module = module;
    }

    public IFieldSymbol Field { get; }

    /// <summary>The type of its elements; for a dictionary, of the values.</summary>
    public ITypeSymbol Element { get; }

    public string Name => FieldWrite.NameOf(Field);

    public bool IsDictionary => Field.Type is INamedTypeSymbol { Arity: 2 };

    /// <summary>Every reference to it in the class.</summary>
    public IEnumerable<IMemberReferenceOperation> Mentions =>
        _module.UsesOf(Field).Select(use => use.Operation).OfType<IMemberReferenceOperation>();

    /// <summary>Null for a field of any other type.</summary>
    public static ModuleCollection? Of(IFieldSymbol field, ModuleClass module)
    {
        var element = field.Type switch
        {
            IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
            INamedTypeSymbol { Arity: > 0 } named when IsSystemCollection(named) => named.TypeArguments[named.Arity - 1],
            _ => null,
        };
        return element is not null && TorchTypes.IsModule(element) ? new ModuleCollection(field, element, module) : null;
    }

    /// <summary>Whether the class puts modules in that are created there and referenced nowhere else.</summary>
    public bool IsFilledWithNewModules => Puts.Any(IsNew);

    /// <summary>The values that the class puts in.</summary>
    private IEnumerable<IOperation> Puts
    {
        get
        {
            foreach (var value in _module.WritesOf(Field).SelectMany(write => Elements(write.Value)))
                yield return value;

            foreach (var mention in Mentions)
            {
                switch (mention.Parent)
                {
                    case IInvocationOperation { TargetMethod.Name: "Add" or "Insert" or "TryAdd" or "Enqueue" or "Push" } call when call.Instance == mention:
                        yield return call.Arguments.Last().Value;
                        break;
                    case IPropertyReferenceOperation { Property.IsIndexer: true, Parent: IAssignmentOperation assignment } item when assignment.Target == item:
                        yield return assignment.Value;
                        break;
                    case IArrayElementReferenceOperation { Parent: IAssignmentOperation assignment } item when assignment.Target == item:
                        yield return assignment.Value;
                        break;
                }
            }
        }
    }

    private static IEnumerable<IOperation> Elements(IOperation value)
    {
        return value.Unconverted() switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            IArrayInitializerOperation initializer => initializer.ElementValues,
            ICollectionExpressionOperation collection => collection.Elements,
            IObjectCreationOperation { Initializer: { } initializer } =>
                initializer.Initializers.OfType<IInvocationOperation>().Select(add => add.Arguments.Last().Value),
            // Enumerable.Range(0, n).Select(_ => Linear(4, 4)).ToList()
            IInvocationOperation { TargetMethod: { Name: "ToList" or "ToArray" } } call =>
                call.Descendants().OfType<IReturnOperation>().Select(made => made.ReturnedValue).OfType<IOperation>(),
            _ => [],
        };
    }

    private bool IsNew(IOperation value)
    {
        var made = value.Unconverted();
        if (made is ILocalReferenceOperation { Local: var local })
            return IsNewAndOnlyHere(local);
        return NewModule.IsMadeBy(made) && !NewModule.IsParameterless(made.Type);
    }

    private bool IsNewAndOnlyHere(ILocalSymbol local)
    {
        var values = _module.DeclaratorsOf(local)
            .Select(declarator => (declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value)
            .ToArray();
        var uses = _module.UsesOf(local)
            .Select(use => use.Operation)
            .Count(reference => reference.Parent is not IMemberReferenceOperation && (reference.Parent as IInvocationOperation)?.Instance != reference);
        return uses == 1 && values.Length == 1 && values[0] is { } value && NewModule.IsMadeBy(value) && !NewModule.IsParameterless(value.Unconverted().Type);
    }

    private static bool IsSystemCollection(INamedTypeSymbol type)
    {
        return type.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal) == true;
    }
}
