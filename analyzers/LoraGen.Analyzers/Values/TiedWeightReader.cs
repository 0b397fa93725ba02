using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LoraGen.Analyzers;

/// <summary>Reads which layers share a weight after a constructor: <c>head.weight = embed.weight</c>, or one parameter to both.</summary>
internal static class TiedWeightReader
{
    /// <summary>The pairs, each with the assignment that ties it.</summary>
    public static IEnumerable<TiedWeight> Read(IOperation constructor)
    {
        var given = constructor.DescendantsAndSelf()
            .OfType<ISimpleAssignmentOperation>()
            .Select(assignment => (Layer: Given(assignment), Weight: Weight(assignment), IsSure: IsSure(assignment), Place: assignment))
            .Where(assignment => assignment.Layer is not null && assignment.Weight is not null)
            .ToArray();
        foreach (var (layer, weight, isSure, place) in given)
        {
            if (LayerOf(weight!) is { } other && !Same(other, layer!))
                yield return new(layer!, other, isSure, place);
        }

        // One parameter that is given to two layers.
        for (var i = 0; i < given.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (Source(given[i].Weight!) is { } source && Same(source, Source(given[j].Weight!)) && !Same(given[i].Layer!, given[j].Layer!))
                    yield return new(given[i].Layer!, given[j].Layer!, given[i].IsSure && given[j].IsSure, given[i].Place);
            }
        }
    }

    private static bool IsSure(IOperation assignment)
    {
        for (var outer = assignment.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IConditionalOperation or ISwitchOperation or ICoalesceOperation or ITryOperation
                or IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }
        }

        return true;
    }

    // The layer that gets the weight: fc.weight = …, or fc = Linear(weight).
    private static ISymbol? Given(ISimpleAssignmentOperation assignment)
    {
        return LayerOf(assignment.Target) ?? (LinearOver(assignment.Value) is null ? null : (assignment.Target as IMemberReferenceOperation)?.Member);
    }

    private static IOperation? Weight(ISimpleAssignmentOperation assignment)
    {
        return AssignedValues.Bare(LayerOf(assignment.Target) is null ? LinearOver(assignment.Value) ?? assignment.Value : assignment.Value);
    }

    // Linear(weight, bias)
    private static IOperation? LinearOver(IOperation value)
    {
        return AssignedValues.Bare(value) is IInvocationOperation { TargetMethod: { Name: "Linear", ContainingType.Name: "nn" } } call
            ? call.Arguments.FirstOrDefault(argument => argument.Parameter is { Ordinal: 0, Type.Name: "Parameter" })?.Value
            : null;
    }

    /// <summary>The member in fc.weight.</summary>
    private static ISymbol? LayerOf(IOperation operation)
    {
        return operation is IPropertyReferenceOperation { Property.Name: "weight", Instance: { } layer }
            && AssignedValues.Bare(layer) is IMemberReferenceOperation member
            ? member.Member
            : null;
    }

    private static ISymbol? Source(IOperation weight)
    {
        return weight switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field => field.Field,
            _ => null,
        };
    }

    private static bool Same(ISymbol a, ISymbol? b) => SymbolEqualityComparer.Default.Equals(a, b);
}
