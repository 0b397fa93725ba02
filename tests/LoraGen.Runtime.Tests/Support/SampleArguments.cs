using System.Reflection;
using LoraGen.Runtime.Tests.Models.Published;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Support;

/// <summary>Arguments for the constructors of this assembly's models.</summary>
internal static class SampleArguments
{
    public static IEnumerable<object?[]> Of(ParameterInfo[] parameters)
    {
        return parameters.Aggregate((IEnumerable<object?[]>)[[]], (lists, parameter) =>
            lists.SelectMany(list => Values(parameter).Select(value => (object?[])[.. list, value])));
    }

    /// <summary>Whether there are samples for all parameters.</summary>
    public static bool AreKnown(ParameterInfo[] parameters) => parameters.All(parameter => Find(parameter) is not null);

    private static object?[] Values(ParameterInfo parameter)
    {
        return Find(parameter) ?? throw new InvalidOperationException($"No sample of a {parameter.ParameterType.Name}.");
    }

    private static object?[]? Find(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(string))
            return Methods.OneLayer.Kinds;
        if (parameter.ParameterType == typeof(bool))
            return [false, true];
        if (parameter.ParameterType == typeof(int))
            return [2, 3];
        if (parameter.ParameterType == typeof(long))
            return [(long)(3 + parameter.Position)];
        if (parameter.ParameterType == typeof(double))
            return [0.25];
        if (parameter.ParameterType == typeof(Device))
            return [CPU];
        if (parameter.ParameterType == typeof(int[]))
            return [new[] { 4, 2, 2, 4 }, new[] { 2, 4, 2, 2 }];
        if (parameter.ParameterType == typeof(Action<Linear>))
            return [(Action<Linear>)(_ => { })];
        if (parameter.ParameterType == typeof(MixtralConfig))
            return [Small.Mixtral];
        if (parameter.ParameterType == typeof(T5Config))
            return [Small.T5, Small.UntiedT5];
        if (parameter.ParameterType == typeof(VitConfig))
            return [Small.Vit];
        if (parameter.ParameterType == typeof(CausalConfig))
        {
            return
            [
                new CausalConfig(),
                new CausalConfig { TieEmbeddings = false, KeyValueHeads = 2, AttentionBias = true },
                new CausalConfig { Layers = 12, Heads = 2, Hidden = 8 },
            ];
        }

        return null;
    }
}
