using System.Text.Json;

namespace LoraGen.Training.Reading;

/// <summary>Operations on sequences of records.</summary>
public static class DataRecords
{
    /// <summary>Creates records from objects in memory, with a field per property.</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="items">The objects.</param>
    /// <param name="name">How messages name them.</param>
    /// <param name="options">The options of the serializer that creates the fields; null for the default ones, which keep the properties' names.</param>
    public static IEnumerable<DataRecord> FromMemory<T>(IEnumerable<T> items, string name = "memory", JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items.Select((item, index) => new DataRecord(new DataLocation(name, "record", index + 1), JsonSerializer.SerializeToElement(item, options ?? ReflectedJson.Options)));
    }

    /// <summary>Maps each record to an object (<see cref="DataRecord.To{T}"/>).</summary>
    /// <typeparam name="T">The type of the objects.</typeparam>
    /// <param name="records">The records.</param>
    /// <param name="options">The options of the serializer; null for those of <see cref="DataRecord.To{T}"/>.</param>
    public static IEnumerable<T> To<T>(this IEnumerable<DataRecord> records, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return records.Select(record => record.To<T>(options));
    }

    /// <summary>
    /// The same elements, read twice: each enumeration reads the whole source before it gives the first element, so that a bad record at the end stops it
    /// before anything has been used. A list in memory (<c>ToList</c>) has the same effect in one reading.
    /// </summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="source">A source that can be enumerated several times.</param>
    public static IEnumerable<T> ValidatedFirst<T>(this IEnumerable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Validate(source);
    }

    private static IEnumerable<T> Validate<T>(IEnumerable<T> source)
    {
        foreach (var _ in source)
        {
        }

        foreach (var element in source)
            yield return element;
    }
}
