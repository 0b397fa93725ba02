using System.Globalization;
using System.Reflection;

namespace SystemTorch.Tests.Core.Api;

/// <summary>Writes parameters, their default values and constants as the list of TorchSharp's public API does.</summary>
internal static class ApiValues
{
    internal static string Parameters(ParameterInfo[] parameters, bool extension) =>
        string.Join(", ", parameters.Select((parameter, i) => (extension && i == 0 ? "this " : "") + Parameter(parameter)));

    internal static string Constant(Type type, object? value)
    {
        var underlying = Nullable.GetUnderlyingType(type);
        var actual = underlying ?? type;
        if (value is null or DBNull or Missing)
        {
            return actual.IsGenericParameter || (actual.IsValueType && underlying is null) ? "default" : "null";
        }

        return actual.IsEnum ? $"{ApiNames.Of(actual)}.{Enum.GetName(actual, Enum.ToObject(actual, value))}" : Literal(value);
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var text = Modifiers(parameter) + ApiNames.Of(parameter.ParameterType, parameter) + " " + parameter.Name;
        return parameter.IsOptional ? text + " = " + Constant(parameter.ParameterType, parameter.HasDefaultValue ? parameter.RawDefaultValue : null) : text;
    }

    private static string Modifiers(ParameterInfo parameter)
    {
        if (parameter.IsDefined(typeof(ParamArrayAttribute), false))
        {
            return "params ";
        }

        return !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
    }

    private static string Literal(object value) => value switch
    {
        bool b => b ? "true" : "false",
        string s => $"\"{s}\"",
        char c => $"'{c}'",
        float f => f.ToString("R", CultureInfo.InvariantCulture) + "f",
        double d => Real(d),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Real(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.') || text.Contains('E') ? text : text + ".0";
    }
}
