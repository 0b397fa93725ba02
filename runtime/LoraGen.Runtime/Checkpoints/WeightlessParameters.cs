using System.Runtime.CompilerServices;
using LoraGen.Layers;
using LoraGen.Sites;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Checkpoints;

/// <summary>The parameters of a model whose layers were created without weights.</summary>
internal static class WeightlessParameters
{
    /// <summary>The parameters on META; for each tensor every place, in order of registration.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layers">The layers that were created without weights; the model may hold some of them without registering them.</param>
    public static IReadOnlyList<IReadOnlyList<BaseParameter>> Of(nn.Module model, IEnumerable<nn.Module> layers)
    {
        var registered = NamedModules.Of(model).ToArray();
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

    /// <summary>
    /// Paths of the layers that could have been created without weights but were not, because code that is compiled without LoraGen creates them.
    /// </summary>
    public static IReadOnlyList<string> MadeWhole(nn.Module model)
    {
        return
        [
            .. NamedModules.Of(model)
                .Where(entry => entry.Module is Linear or Convolution { transposed: false } or Embedding or EmbeddingBag)
                .Where(entry => entry.Module.named_parameters(recurse: false).Any(own => own.name == "weight" && own.parameter.device_type != DeviceType.META))
                .Select(entry => entry.Path),
        ];
    }

    /// <summary>Replaces a parameter without values by one with values in every place.</summary>
    public static void Set(IReadOnlyList<BaseParameter> places, Parameter value)
    {
        foreach (var place in places)
        {
            Set(place, value);

            // As in models that tie weights: an Embedding returns a new wrapper of its weight, the other layers the same one.
            value = (place.Module as Embedding)?.weight ?? value;
        }
    }

    private static void Set(BaseParameter place, Parameter value)
    {
        // For layers that share a wrapper: the first setter has disposed it, and a setter reads the handle of what it replaces.
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
                    $"{place.Path} was computed from a weight that has no values yet. Create the model with weights and load it with LoadCheckpoint.");
        }
    }

    private static void Forget(nn.Module layer)
    {
        if (layer is Linear linear)
            LinearWeight(linear) = null;
        else
            ConvolutionWeight((Convolution)layer) = null;
    }

    // The only private members of TorchSharp that the runtime uses: no public member releases a disposed wrapper.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_weight")]
    private static extern ref Parameter? LinearWeight(Linear layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_weight")]
    private static extern ref Parameter? ConvolutionWeight(Convolution layer);

    /// <summary>Initializes a parameter as its layer does when it is created.</summary>
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
            _ => throw new NotSupportedException($"A {layer?.GetName()} has no bias to initialize."),
        };
    }
}
