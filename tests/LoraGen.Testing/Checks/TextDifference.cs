using System.Collections.Immutable;

namespace LoraGen.Testing;

/// <summary>Says where two sets of generated files differ.</summary>
internal static class TextDifference
{
    /// <summary>The first difference, or null where there is none.</summary>
    public static string? Between(ImmutableSortedDictionary<string, string> expected, ImmutableSortedDictionary<string, string> actual)
    {
        foreach (var hint in expected.Keys.Union(actual.Keys).Order(StringComparer.Ordinal))
        {
            if (!actual.TryGetValue(hint, out var found)) return $"'{hint}' is missing.";
            if (!expected.TryGetValue(hint, out var wanted)) return $"'{hint}' is there in addition.";
            if (found != wanted) return $"'{hint}' differs:\n{UnifiedDiff.Of(wanted, found)}";
        }

        return null;
    }
}
