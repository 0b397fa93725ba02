using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>Tells which modules are linear layers: TorchSharp's own, those that implement the contract, and those that an attribute describes.</summary>
internal sealed class LinearLayers
{
    private readonly List<Func<nn.Module, LinearLayer?>> _kinds = [OfTorchSharp, OfContract];
    private readonly Dictionary<nn.Module, LinearLayer?> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Every layer that was asked for.</summary>
    public IEnumerable<LinearLayer> Known => _known.Values.OfType<LinearLayer>();

    public void Describe<TLayer>(Func<TLayer, long>? inFeatures, Func<TLayer, long>? outFeatures, Func<TLayer, Tensor?>? weight)
        where TLayer : nn.Module<Tensor, Tensor>
    {
        _kinds.Add(module => module is TLayer layer
            ? new LinearLayer(layer, Size(inFeatures, layer, 1), Size(outFeatures, layer, 0), () => weight?.Invoke(layer))
            : null);

        long Size(Func<TLayer, long>? declared, TLayer layer, int dimension)
        {
            return declared?.Invoke(layer)
                ?? weight?.Invoke(layer)?.shape[dimension]
                ?? throw new InvalidOperationException(
                    $"A {layer.GetName()} has no weight now, so its sizes must be told: [LinearLayer(typeof(…), InFeatures = …, OutFeatures = …)].");
        }
    }

    public LinearLayer? Find(nn.Module module)
    {
        if (!_known.TryGetValue(module, out var layer))
        {
            layer = _kinds.Select(kind => kind(module)).FirstOrDefault(found => found is not null);
            _known.Add(module, layer);
        }

        return layer;
    }

    private static LinearLayer? OfTorchSharp(nn.Module module)
    {
        return module is Linear linear ? new LinearLayer(linear, linear.in_features, linear.out_features, () => linear.weight) : null;
    }

    private static LinearLayer? OfContract(nn.Module module)
    {
        return module is nn.Module<Tensor, Tensor> hookable and ILinearLayer layer
            ? new LinearLayer(hookable, layer.InFeatures, layer.OutFeatures, () => layer.Weight)
            : null;
    }
}
