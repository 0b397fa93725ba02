using System.Reflection;

namespace LoraGen.Generator.Evaluating;

/// <summary>Runs a lambda's body with those arguments.</summary>
internal delegate object? Invoker(LambdaValue lambda, params object?[] arguments);

/// <summary>Puts computed arguments to a method's parameters.</summary>
internal static class Arguments
{
    /// <summary>One value a parameter; null where the method does not take them.</summary>
    public static object?[]? Bind(ParameterInfo[] parameters, IReadOnlyList<ArgumentValue> arguments, Invoker invoker)
    {
        return BindEach(parameters, arguments, invoker) ?? BindOpen(parameters, arguments, invoker);
    }

    private static object?[]? BindEach(ParameterInfo[] parameters, IReadOnlyList<ArgumentValue> arguments, Invoker invoker)
    {
        if (arguments.Count > parameters.Length)
            return null;

        var bound = new object?[parameters.Length];
        var taken = 0;
        foreach (var parameter in parameters)
        {
            var argument = arguments.FirstOrDefault(each => each.Name == parameter.Name)
                ?? (parameter.Position < arguments.Count && arguments[parameter.Position].Name is null ? arguments[parameter.Position] : null);
            if (argument is null && !parameter.HasDefaultValue)
                return null;
            if (argument is null)
                bound[parameter.Position] = parameter.DefaultValue;
            else if (!TryConvert(argument.Value, parameter.ParameterType, invoker, out bound[parameter.Position]))
                return null;
            taken += argument is null ? 0 : 1;
        }

        return taken == arguments.Count ? bound : null;
    }

    // The last parameter takes any number.
    private static object?[]? BindOpen(ParameterInfo[] parameters, IReadOnlyList<ArgumentValue> arguments, Invoker invoker)
    {
        var fixedCount = parameters.Length - 1;
        if (fixedCount < 0 || arguments.Count < fixedCount || parameters[fixedCount].GetCustomAttribute<ParamArrayAttribute>() is null)
            return null;
        if (arguments.Any(argument => argument.Name is not null))
            return null;

        var open = arguments.Skip(fixedCount).Select(argument => argument.Value).ToArray();
        return BindEach(parameters, [.. arguments.Take(fixedCount), new ArgumentValue(null, open)], invoker);
    }

    /// <summary>C#'s implicit conversions, as far as they are met.</summary>
    public static bool TryConvert(object? value, Type type, Invoker? invoker, out object? converted)
    {
        converted = value;
        switch (value)
        {
            case null:
                return !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
            case int or long or float or double when Nullable.GetUnderlyingType(type) is { } inner:
                return TryConvert(value, inner, invoker, out converted);
            case int number when type == typeof(long):
                converted = (long)number;
                return true;
            case int or long or float when type == typeof(double):
                converted = Convert.ToDouble(value, null);
                return true;
            case object?[] items when type.IsArray:
                return TryArray(items, type.GetElementType()!, invoker, out converted);
            case TupleValue { Items: var items } when type.IsGenericType && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal):
                return TryTuple(items, type, invoker, out converted);
            case LambdaValue lambda when type == typeof(Func<int, ModuleShape>):
                converted = new Func<int, ModuleShape>(index => (ModuleShape)invoker!(lambda, index)!);
                return true;
            case LambdaValue lambda when type == typeof(Action<string, ModuleShape>):
                converted = new Action<string, ModuleShape>((path, module) => invoker!(lambda, path, module));
                return true;
            default:
                return type.IsInstanceOfType(value);
        }
    }

    private static bool TryArray(object?[] items, Type element, Invoker? invoker, out object? converted)
    {
        var array = Array.CreateInstance(element, items.Length);
        converted = array;
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryConvert(items[i], element, invoker, out var item))
                return false;
            array.SetValue(item, i);
        }

        return true;
    }

    private static bool TryTuple(object?[] items, Type tuple, Invoker? invoker, out object? converted)
    {
        converted = null;
        var types = tuple.GetGenericArguments();
        var values = new object?[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (items.Length != types.Length || !TryConvert(items[i], types[i], invoker, out values[i]))
                return false;
        }

        converted = Activator.CreateInstance(tuple, values);
        return true;
    }
}
