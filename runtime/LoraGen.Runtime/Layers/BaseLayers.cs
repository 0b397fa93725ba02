using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Layers;

/// <summary>
/// Finds the modules that can be adapted: TorchSharp's layers, and linear layers that implement the contract or that an attribute describes.
/// </summary>
internal sealed class BaseLayers
{
    private readonly List<Func<nn.Module, BaseLayer?>> _kinds = [OfTorchSharp, OfContract];
    private readonly Dictionary<nn.Module, BaseLayer?> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Every layer that was looked up.</summary>
    public IEnumerable<BaseLayer> Known => _known.Values.OfType<BaseLayer>();

    public void Describe<TLayer>(
        Func<TLayer, long>? inFeatures, Func<TLayer, long>? outFeatures, Func<TLayer, Tensor?>? weight, Func<TLayer, Tensor?>? bias)
        where TLayer : nn.Module<Tensor, Tensor>
    {
        _kinds.Add(module => module is TLayer layer
            ? new LinearLayer(
                layer,
                Size(inFeatures, layer, 1),
                Size(outFeatures, layer, 0),
                () => weight?.Invoke(layer),
                () => bias is null ? RegisteredBias(layer) : bias(layer))
            : null);

        long Size(Func<TLayer, long>? declared, TLayer layer, int dimension)
        {
            return declared?.Invoke(layer)
                ?? weight?.Invoke(layer)?.shape[dimension]
                ?? throw new InvalidOperationException(
                    $"A {layer.GetName()} has no weight now, so its sizes must be given: [LinearLayer(typeof(…), InFeatures = …, OutFeatures = …)].");
        }
    }

    public BaseLayer? Find(nn.Module module)
    {
        if (!_known.TryGetValue(module, out var layer))
        {
            layer = _kinds.Select(kind => kind(module)).FirstOrDefault(found => found is not null);
            _known.Add(module, layer);
        }

        return layer;
    }

    private static BaseLayer? OfTorchSharp(nn.Module module)
    {
        return module switch
        {
            Linear linear => new LinearLayer(
                linear, linear.in_features, linear.out_features, () => QuantizedLayer.Of(linear) is null ? linear.weight : null, () => linear.bias),
            Embedding embedding => new EmbeddingLayer(embedding),
            Conv1d or Conv2d or Conv3d => new ConvolutionLayer((Convolution)module),
            _ => null,
        };
    }

    private static BaseLayer? OfContract(nn.Module module)
    {
        return module is nn.Module<Tensor, Tensor> hookable and ILinearLayer layer
            ? new LinearLayer(hookable, layer.InFeatures, layer.OutFeatures, () => layer.Weight, () => layer.Bias ?? RegisteredBias(hookable))
            : null;
    }

    // If a class does not name its bias, it is the parameter that TorchSharp's Linear would register.
    private static Tensor? RegisteredBias(nn.Module layer)
    {
        return layer.named_parameters(recurse: false).FirstOrDefault(named => named.name == "bias").parameter
            ?? layer.named_buffers(false, false).FirstOrDefault(named => named.name == "bias").buffer;
    }
}
