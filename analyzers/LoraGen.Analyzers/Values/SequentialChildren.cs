using System.Globalization;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Reads the modules of a Sequential that are all written where it is created.</summary>
internal static class SequentialChildren
{
    private static readonly HashSet<string> Changing = new(
        ["append", "extend", "Add", "AddRange", "Insert", "InsertRange", "Remove", "RemoveAt", "Clear", "register_module", "add_module"],
        StringComparer.Ordinal);

    /// <summary>The modules of the Sequential in a member, with their names; null if they aren't known or something may change them.</summary>
    public static IReadOnlyList<(string Name, IOperation Value)>? Of(ISymbol member, INamedTypeSymbol holder, AssignedValues values)
    {
        return values.Of(member, holder) is { Count: 1 } made
            && !values.Places(member, holder).Any(place => values.OperationAt(place) is { } use && MayChange(use))
                ? Of(made[0])
                : null;
    }

    /// <summary>The modules of the Sequential that the expression creates; null if it is anything else.</summary>
    public static IReadOnlyList<(string Name, IOperation Value)>? Of(IOperation value)
    {
        if (AssignedValues.Bare(value) is not IInvocationOperation { TargetMethod: { Name: "Sequential", IsStatic: true } method } call
            || !TorchTypes.IsNn(method.ContainingType)
            || call.Arguments.Length != 1)
        {
            return null;
        }

        var items = AssignedValues.Bare(call.Arguments[0].Value) switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            ICollectionExpressionOperation collection => collection.Elements,
            _ => default,
        };
        if (items.IsDefault)
            return null;

        var children = items.Select(Child).ToArray();
        return children.All(child => child is not null) ? [.. children.Select(child => child!.Value)] : null;
    }

    private static (string Name, IOperation Value)? Child(IOperation item, int index)
    {
        var value = AssignedValues.Bare(item);
        if (value is ITupleOperation { Elements: { Length: 2 } pair })
            return AssignedValues.Bare(pair[0]).ConstantValue is { HasValue: true, Value: string name } ? (name, AssignedValues.Bare(pair[1])) : null;

        return value.Type is { } type && TorchTypes.IsModule(type) ? (index.ToString(CultureInfo.InvariantCulture), value) : null;
    }

    // Only calls that leave the modules as they are are known not to change them.
    private static bool MayChange(IOperation use)
    {
        return use.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target != use,
            IInvocationOperation call when call.Instance == use => Changing.Contains(call.TargetMethod.Name),
            IPropertyReferenceOperation { Parent: IAssignmentOperation assignment } property => assignment.Target == property,
            IPropertyReferenceOperation or INameOfOperation => false,
            IArgumentOperation { Parent: IInvocationOperation call } => call.TargetMethod.Name != "register_module",
            IConversionOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } } => call.TargetMethod.Name != "register_module",
            IVariableInitializerOperation or IFieldInitializerOperation or IPropertyInitializerOperation => true,
            null => false,
            _ => use is not (IFieldInitializerOperation or IPropertyInitializerOperation or IVariableDeclaratorOperation),
        };
    }
}
