using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers;

/// <summary>What a list holds.</summary>
/// <param name="Values">What its elements are made by, each once however often it runs; null where that isn't known.</param>
/// <param name="Count">How many there are; null where that isn't known.</param>
internal sealed record ListElements(IReadOnlyList<IOperation>? Values, long? Count)
{
    public static readonly ListElements Unknown = new(null, null);

    public static readonly ListElements None = new([], 0);

    public ListElements With(ListElements other)
    {
        return new(Values is null || other.Values is null ? null : [.. Values, .. other.Values], Count + other.Count);
    }
}
