using System.Runtime.CompilerServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Checkpoints;

/// <summary>The parameters of a model whose layers were made without weights.</summary>
internal static class WeightlessParameters
{
    /// <summary>Those on META; of each tensor every place, the first by its registration first.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layers">What was made without weights: the model may hold some of it without registering it.</param>
    public static IReadOnlyList<IReadOnlyList<BaseParameter>> Of(nn.Module model, IEnumerable<nn.Module> layers)
    {
        var registered = Modules(model).ToArray();
        var loose = layers.Except(registered.Select(entry => entry.Module), ReferenceEqualityComparer.Instance).Cast<nn.Module>();
        return SharedParameters.Group(
        [
            .. registered
                .Concat(loose.Select(layer => (Path: $"({layer.GetName()})", Module: layer)))
                .SelectMany(entry => entry.Module.named_parameters(recurse: false)
                    .Where(own => own.parameter.device_type == DeviceType.META)
                    .Select(own => new BaseParameter(entry.Path, entry.Module, own.name, own.parameter))),
        ]);
    }

    /// <summary>Paths of the layers that could have been made without weights and were not: code compiled without LoraGen makes them.</summary>
    public static IReadOnlyList<string> MadeWhole(nn.Module model)
    {
        return
        [
            .. Modules(model)
                .Where(entry => entry.Module is Linear or Convolution { transposed: false } or Embedding or EmbeddingBag)
                .Where(entry => entry.Module.named_parameters(recurse: false).Any(own => own.name == "weight" && own.parameter.device_type != DeviceType.META))
                .Select(entry => entry.Path),
        ];
    }

    /// <summary>Puts a parameter with values into every place of one without.</summary>
    public static void Set(IReadOnlyList<BaseParameter> places, Parameter value)
    {
        foreach (var place in places)
        {
            Set(place, value);

            // As the model's own code ties weights: an Embedding gives another wrapper of its weight, the others the same.
            value = (place.Module as Embedding)?.weight ?? value;
        }
    }

    private static void Set(BaseParameter place, Parameter value)
    {
        // Layers that share a wrapper: the first one's setter has disposed it, and a setter asks what it replaces for its handle.
        if (place is { Parameter.IsInvalid: true, Name: "weight", Module: Linear or Convolution })
            Forget(place.Module);
        switch (place.Module, place.Name)
        {
            case (Linear layer, "weight"):
                layer.weight = value;
                break;
            case (Linear layer, "bias"):
                layer.bias = value;
                break;
            case (Convolution layer, "weight"):
                layer.weight = value;
                break;
            case (Convolution layer, "bias"):
                layer.bias = value;
                break;
            case (Embedding layer, "weight"):
                layer.weight = value;
                break;
            case (EmbeddingBag layer, "weight"):
                layer.weight = value;
                break;
            default:
                throw new InvalidOperationException(
                    $"{place.Path} was made from a weight that has no values yet. Make the model whole and load it by LoadCheckpoint.");
        }
    }

    private static void Forget(nn.Module layer)
    {
        if (layer is Linear linear)
            LinearWeight(linear) = null;
        else
            ConvolutionWeight((Convolution)layer) = null;
    }

    // The only private members of TorchSharp that the runtime touches: no public one lets go of a disposed wrapper.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_weight")]
    private static extern ref Parameter? LinearWeight(Linear layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_weight")]
    private static extern ref Parameter? ConvolutionWeight(Convolution layer);

    /// <summary>Fills a parameter as its layer does when it is made.</summary>
    public static void Start(BaseParameter place, Parameter value)
    {
        using var noGrad = no_grad();
        switch (place.Module)
        {
            case Embedding or EmbeddingBag:
                nn.init.normal_(value);
                if (place.Module is Embedding table && EmbeddingOptions.Of(table).PaddingIndex is { } padding)
                    nn.init.zeros_(value[padding]);
                break;
            case not null when place.Name == "weight":
                nn.init.kaiming_uniform_(value, Math.Sqrt(5));
                break;
            default:
                var bound = 1 / Math.Sqrt(FanIn(place.Module));
                nn.init.uniform_(value, -bound, bound);
                break;
        }
    }

    private static long FanIn(nn.Module? layer)
    {
        return layer switch
        {
            Linear linear => linear.in_features,
            Convolution convolution => convolution.kernel_size.Aggregate(convolution.in_channels / convolution.groups, (product, size) => product * size),
            _ => throw new NotSupportedException($"A {layer?.GetName()} has no bias to start."),
        };
    }

    private static IEnumerable<(string Path, nn.Module Module)> Modules(nn.Module model) =>
        Within(string.Empty, model, new(ReferenceEqualityComparer.Instance));

    private static IEnumerable<(string Path, nn.Module Module)> Within(string path, nn.Module module, HashSet<nn.Module> visited)
    {
        if (!visited.Add(module))
            yield break;

        yield return (path, module);
        foreach (var (name, child) in module.named_children())
        {
            foreach (var inner in Within(path.Length == 0 ? name : $"{path}.{name}", child, visited))
                yield return inner;
        }
    }
}
