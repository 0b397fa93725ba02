using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoraGen.Training.Reading;

/// <summary>
/// Maps records to objects. The serializer of .NET 8 leaves a missing constructor parameter at its default, so what must be there is checked here.
/// </summary>
internal static class RecordMapping<T>
{
    private static readonly JsonSerializerOptions Default = new(ReflectedJson.Options)
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    private static readonly HashSet<string> NotNullable = [.. FindNotNullable()];

    public static T Map(DataRecord record, JsonSerializerOptions? options)
    {
        options ??= Default;
        var comparison = options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var member in options.GetTypeInfo(typeof(T)).Properties)
        {
            if (member is { Set: not null, AttributeProvider: MemberInfo info } && NotNullable.Contains(info.Name)
                && !record.Names.Any(name => name.Equals(member.Name, comparison) && record.Has(name)))
                throw record.Wrong(member.Name, $"a value of {member.PropertyType.Name}", "Add the field, or make the member nullable.");
        }

        try
        {
            return record.Fields.Deserialize<T>(options) ?? throw new JsonException("The value is null.");
        }
        catch (JsonException wrong)
        {
            throw Wrong(record, wrong);
        }
    }

    // The serializer's own message counts lines within the record.
    private static DataFormatException Wrong(DataRecord record, JsonException wrong)
    {
        var field = wrong.Path is { } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        var message = wrong.Message.Split(" Path: ")[0];
        return field is not null && record.Has(field)
            ? record.Wrong(field, $"what {typeof(T).Name} has", $"{message} Correct the record or the type.")
            : new DataFormatException(
                record.Location, field is null ? null : record.PathOf(field), $"what {typeof(T).Name} has", $"an error: {message}", "Correct the record or the type.", wrong);
    }

    private static IEnumerable<string> FindNotNullable()
    {
        var context = new NullabilityInfoContext();
        foreach (var property in typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.PropertyType.IsValueType
                ? Nullable.GetUnderlyingType(property.PropertyType) is null
                : context.Create(property).ReadState == NullabilityState.NotNull)
                yield return property.Name;
        }
    }
}
