using static TorchSharp.torch;

namespace Models.Layers;

/// <summary>
/// Keys and values of the tokens that a model has seen, so that a call only computes the new ones. Its tensors belong to no dispose scope. For use under
/// <c>no_grad</c>.
/// </summary>
public sealed class KeyValueCache : IDisposable
{
    private readonly List<(Tensor Keys, Tensor Values)> _layers = [];

    /// <summary>The number of tokens that it holds.</summary>
    public long Length => _layers.Count == 0 ? 0 : _layers[0].Keys.shape[2];

    /// <summary>Adds the keys and values of the new tokens, [batch, head, time, size], and returns all.</summary>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        if (layer > _layers.Count)
            throw new ArgumentOutOfRangeException(nameof(layer), layer, $"Layer {_layers.Count} comes first.");

        if (layer == _layers.Count)
        {
            _layers.Add((keys.clone().DetachFromDisposeScope(), values.clone().DetachFromDisposeScope()));
            return _layers[layer];
        }

        var (oldKeys, oldValues) = _layers[layer];
        _layers[layer] = (cat([oldKeys, keys], 2).DetachFromDisposeScope(), cat([oldValues, values], 2).DetachFromDisposeScope());
        oldKeys.Dispose();
        oldValues.Dispose();
        return _layers[layer];
    }

    public void Dispose()
    {
        foreach (var (keys, values) in _layers)
        {
            keys.Dispose();
            values.Dispose();
        }

        _layers.Clear();
    }
}
