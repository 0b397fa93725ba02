using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace LoraGen.CompilerServices;

/// <summary>Enumerates the items of a collection or tuple with their keys or indices.</summary>
internal static class CollectionItems
{
    /// <summary>The items that are not null; none of a value that is no collection or tuple.</summary>
    public static IEnumerable<(string Key, object Item)> Of(object held)
    {
        var items = held switch
        {
            IDictionary dictionary => OfKeys(dictionary),
            Array { Rank: > 1 } array => OfRanks(array),
            ITuple tuple => Enumerable.Range(0, tuple.Length).Select(index => ($"Item{(index + 1).ToString(CultureInfo.InvariantCulture)}", tuple[index]))!,
            IEnumerable collection and not string => collection.Cast<object?>().Select((item, index) => (index.ToString(CultureInfo.InvariantCulture), item))!,
            _ => [],
        };
        return items.Where(item => item.Item2 is not null).Select(item => (item.Item1 ?? string.Empty, item.Item2!));
    }

    private static IEnumerable<(string? Key, object? Item)> OfKeys(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
            yield return (Convert.ToString(entry.Key, CultureInfo.InvariantCulture), entry.Value);
    }

    private static IEnumerable<(string? Key, object? Item)> OfRanks(Array array)
    {
        var index = 0;
        foreach (var item in array)
            yield return (Place(array, index++), item);
    }

    // The last dimension changes first.
    private static string Place(Array array, int index)
    {
        var places = new int[array.Rank];
        for (var dimension = array.Rank - 1; dimension >= 0; dimension--)
            (index, places[dimension]) = Math.DivRem(index, array.GetLength(dimension));
        return string.Join('.', places.Select(place => place.ToString(CultureInfo.InvariantCulture)));
    }
}
