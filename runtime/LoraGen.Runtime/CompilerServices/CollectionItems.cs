using System.Collections;
using System.Globalization;

namespace LoraGen.CompilerServices;

/// <summary>Enumerates the items of a collection with their keys or indices.</summary>
internal static class CollectionItems
{
    public static IEnumerable<(string Key, object? Item)> Of(IEnumerable? collection)
    {
        if (collection is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
                yield return (Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty, entry.Value);
            yield break;
        }

        var index = 0;
        foreach (var item in collection ?? Array.Empty<object>())
            yield return (index++.ToString(CultureInfo.InvariantCulture), item);
    }
}
