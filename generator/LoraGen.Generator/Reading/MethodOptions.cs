using LoraGen.Generator.Models;

namespace LoraGen.Generator.Reading;

/// <summary>A method with the options that attributes set.</summary>
internal static class MethodOptions
{
    /// <param name="method">The method with the options at their defaults.</param>
    /// <param name="options">The options to set; the later of two with the same name wins.</param>
    public static AdapterMethod Read(AdapterMethod method, IEnumerable<Option> options)
    {
        var read = method with { };
        foreach (var option in options)
        {
            if (read.GetType().GetProperty(option.Name) is { } property && Convert(option.Value, property.PropertyType) is { } value)
                property.SetValue(read, value);
        }

        return read;
    }

    // An enum's constant is a number; a list's is stored in a comparable form.
    private static object? Convert(object? value, Type type)
    {
        if (type.IsEnum && value is not null)
            return Enum.ToObject(type, value);
        return type.IsInstanceOfType(value) ? value : null;
    }
}
