using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>The parameters of a model, those of modules in collections that TorchSharp does not register included.</summary>
internal static class EveryParameter
{
    public static IReadOnlyList<Parameter> Of(nn.Module model)
    {
        return [.. Modules(model).SelectMany(module => module.parameters()).DistinctBy(parameter => parameter.Handle)];
    }

    private static IEnumerable<nn.Module> Modules(nn.Module model)
    {
        return model.modules().Prepend(model).SelectMany(module => Loose(module).SelectMany(Modules).Prepend(module));
    }

    private static IEnumerable<nn.Module> Loose(nn.Module module)
    {
        return FieldsOf(module, module.GetType()).Where(value => value is not nn.Module).SelectMany(Held);
    }

    private static IEnumerable<object> FieldsOf(object owner, Type type)
    {
        return type
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.DeclaringType!.Assembly != typeof(nn.Module).Assembly)
            .Select(field => field.GetValue(owner))
            .OfType<object>();
    }

    private static IEnumerable<nn.Module> Held(object value)
    {
        IEnumerable<object?> items = value switch
        {
            nn.Module or string => [],
            IDictionary dictionary => dictionary.Values.Cast<object>(),
            ITuple tuple => Enumerable.Range(0, tuple.Length).Select(index => tuple[index]),
            IEnumerable collection => IsUnset(collection) ? [] : collection.Cast<object>(),
            _ when value.GetType().Name == "KeyValuePair`2" => [value.GetType().GetProperty("Value")!.GetValue(value)],
            _ when value.GetType().Name == "Lazy`1" => value.GetType().GetProperty("IsValueCreated")!.GetValue(value) is true
                ? [value.GetType().GetProperty("Value")!.GetValue(value)]
                : [],
            _ when value.GetType().Assembly.IsDynamic || value.GetType().Assembly.Location.Length == 0 => FieldsOf(value, value.GetType()),
            _ => [],
        };
        return items.OfType<object>().SelectMany(item => item is nn.Module module ? [module] : Held(item));
    }

    // An ImmutableArray without an array can't be enumerated.
    private static bool IsUnset(IEnumerable collection) => collection.GetType().GetProperty("IsDefault")?.GetValue(collection) is true;
}
