using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>What a list holds.</summary>
/// <param name="Values">The expressions that create its elements, each listed once however often it runs; null if they aren't known.</param>
/// <param name="Count">The number of elements; null if it isn't known.</param>
internal sealed record ListElements(IReadOnlyList<IOperation>? Values, long? Count)
{
    public static readonly ListElements Unknown = new(null, null);

    public static readonly ListElements None = new([], 0);

    public ListElements With(ListElements other)
    {
        return new(Values is null || other.Values is null ? null : [.. Values, .. other.Values], Count + other.Count);
    }
}
