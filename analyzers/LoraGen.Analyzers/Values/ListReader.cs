using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Reads the elements of lists, arrays and sequences of modules.</summary>
internal sealed class ListReader(AssignedValues values, KnownNumbers numbers)
{
    private const int DeepEnough = 8;

    private static readonly HashSet<string> Changing =
        new(["extend", "AddRange", "Insert", "InsertRange", "Remove", "RemoveAt", "Clear"], StringComparer.Ordinal);

    private readonly LoopCounts _loops = new(numbers);

    /// <summary>The elements of the ModuleList in a member.</summary>
    public ListElements Of(ISymbol member, INamedTypeSymbol holder)
    {
        if (values.Of(member, holder) is not { Count: 1 } made)
            return ListElements.Unknown;

        var elements = Of(made[0], 0);
        foreach (var place in values.Places(member, holder))
        {
            if (values.OperationAt(place) is { } use)
                elements = elements.With(Added(use));
        }

        return _loops.Of(made[0]) == 1 ? elements : elements with { Count = null };
    }

    private ListElements Of(IOperation operation, int depth)
    {
        if (depth > DeepEnough)
            return ListElements.Unknown;

        return AssignedValues.Bare(operation) switch
        {
            IObjectCreationOperation creation => Created(creation.Type, creation.Arguments, creation.Initializer, depth),
            IInvocationOperation call => Called(call, depth),
            IArrayCreationOperation array => Array(array),
            ICollectionExpressionOperation collection => Joined(collection.Elements, depth),
            ILocalReferenceOperation local => Local(local, depth),
            _ => ListElements.Unknown,
        };
    }

    private ListElements Created(
        ITypeSymbol? type, IReadOnlyList<IArgumentOperation> arguments, IObjectOrCollectionInitializerOperation? initializer, int depth)
    {
        var isList = type is { Name: "List", ContainingNamespace.Name: "Generic" };
        if (type is null || !(isList || TorchTypes.IsModuleList(type)) || arguments.Count > 1)
            return ListElements.Unknown;

        // A number is a capacity.
        var isEmpty = arguments.Count == 0 || arguments[0].Value.Type?.SpecialType == SpecialType.System_Int32;
        return (initializer?.Initializers ?? [])
            .Select(add => add is IInvocationOperation { TargetMethod.Name: "Add", Arguments: { Length: 1 } added }
                ? new ListElements([added[0].Value], 1)
                : ListElements.Unknown)
            .Aggregate(isEmpty ? ListElements.None : Of(arguments[0].Value, depth + 1), (all, next) => all.With(next));
    }

    private ListElements Called(IInvocationOperation call, int depth)
    {
        var arguments = call.Arguments;
        switch (call.TargetMethod.Name)
        {
            case "ModuleList":
                return Created(call.Type, arguments, null, depth);
            case "ToArray" when call.Instance is { } list:
                return Of(list, depth + 1);
            case "ToArray" or "ToList" when IsEnumerable(call):
                return Of(arguments[0].Value, depth + 1);
            case "Select" when IsEnumerable(call) && arguments.Length == 2:
                return new(Returned(arguments[1].Value), Of(arguments[0].Value, depth + 1).Count);
            case "Range" when IsEnumerable(call) && arguments.Length == 2:
                return new(null, numbers.Of(arguments.First(argument => argument.Parameter?.Name == "count").Value));
            default:
                return ListElements.Unknown;
        }
    }

    private ListElements Array(IArrayCreationOperation array)
    {
        if (array.Initializer is { } initializer)
            return new([.. initializer.ElementValues], initializer.ElementValues.Length);
        return new([], array.DimensionSizes.Length == 1 ? numbers.Of(array.DimensionSizes[0]) : null);
    }

    private ListElements Joined(IEnumerable<IOperation> elements, int depth)
    {
        return elements
            .Select(element => element is ISpreadOperation spread ? Of(spread.Operand, depth + 1) : new ListElements([element], 1))
            .Aggregate(ListElements.None, (all, next) => all.With(next));
    }

    private ListElements Local(ILocalReferenceOperation local, int depth)
    {
        if (Locals.OnlyValue(local) is not { } made)
            return ListElements.Unknown;

        return Locals.Uses(local.Local, Locals.Root(local))
            .Where(use => use.Syntax.Span != local.Syntax.Span)
            .Aggregate(Of(made, depth + 1), (all, use) => all.With(Added(use)));
    }

    // What a use of a list adds to it. Assigning an array's element doesn't change the count.
    private ListElements Added(IOperation use)
    {
        switch (use.Parent)
        {
            case IInvocationOperation { TargetMethod.Name: "Add" or "append" } call when call.Instance == use && call.Arguments.Length == 1:
                var added = AssignedValues.Bare(call.Arguments[0].Value) is IArrayCreationOperation array ? Array(array) : new([call.Arguments[0].Value], 1);
                return added with { Count = added.Count * _loops.Of(call) };
            case IInvocationOperation call when call.Instance == use && Changing.Contains(call.TargetMethod.Name):
                return ListElements.Unknown;
            case IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation set } element when set.Target == element:
                return new([set.Value], 0);
            case IPropertyReferenceOperation { Property.IsIndexer: true, Parent: ISimpleAssignmentOperation set } element when set.Target == element:
                return new([set.Value], 0);
            default:
                return ListElements.None;
        }
    }

    private static IReadOnlyList<IOperation>? Returned(IOperation selector)
    {
        return AssignedValues.Bare(selector) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation function }
            ? [.. function.Body.DescendantsAndSelf().OfType<IReturnOperation>().Select(result => result.ReturnedValue).OfType<IOperation>()]
            : null;
    }

    private static bool IsEnumerable(IInvocationOperation call) => call.TargetMethod.ContainingType.ToDisplayString() == "System.Linq.Enumerable";
}
