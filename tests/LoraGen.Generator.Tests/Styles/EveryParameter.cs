using System.Collections;
using System.Reflection;
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
        return module.GetType()
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.DeclaringType!.Assembly != typeof(nn.Module).Assembly)
            .Select(field => field.GetValue(module))
            .OfType<IEnumerable>()
            .Where(value => value is not nn.Module)
            .SelectMany(Items);
    }

    private static IEnumerable<nn.Module> Items(IEnumerable collection)
    {
        foreach (var item in collection is IDictionary dictionary ? dictionary.Values : collection)
        {
            if (item is nn.Module module)
                yield return module;
            else if (item is IEnumerable nested and not string)
            {
                foreach (var found in Items(nested))
                    yield return found;
            }
        }
    }
}
