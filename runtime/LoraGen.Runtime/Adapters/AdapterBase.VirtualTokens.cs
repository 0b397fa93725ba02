using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>Virtual tokens, and the check that calls of the model read them.</content>
public abstract partial class AdapterBase
{
    private bool[] _reachedLayers = [];
    private int _layersReachedIn = -1;

    /// <summary>The adapter's method if it trains virtual tokens; otherwise null.</summary>
    internal VirtualTokenMethod? VirtualTokenMethod => _method as VirtualTokenMethod;

    /// <summary>The parameters that don't belong to a site.</summary>
    internal ParameterSet OwnParameters => _shared!;

    /// <summary>Remembers that a call has read the virtual tokens, or those of all layers.</summary>
    internal void ReachAllLayers()
    {
        for (var layer = 0; layer < Reached.Length; layer++)
            ReachLayer(layer);
    }

    /// <summary>Remembers that a call has read the virtual keys or values of a layer.</summary>
    internal void ReachLayer(int layer)
    {
        Reached[layer] = true;
        NoteReached();
    }

    internal void EnsureSameDevice(Tensor embeddings)
    {
        var parameter = OwnParameters[0];
        if (embeddings.device_type != parameter.device_type || embeddings.device_index != parameter.device_index)
        {
            throw new InvalidOperationException(
                $"Adapter \"{Name}\": the embeddings are on {embeddings.device}, the adapter on {parameter.device}. "
                + $"Call the adapter's To({embeddings.device}) before creating the optimizer.");
        }
    }

    private bool[] Reached
    {
        get
        {
            if (_layersReachedIn != HotReload.Version)
                (_reachedLayers, _layersReachedIn) = (new bool[LayerCount], HotReload.Version);
            return _reachedLayers;
        }
    }

    // The virtual tokens of the input are one layer.
    private long LayerCount => VirtualTokenMethod is { IsPrefix: true } method ? method.SizesOf(AdaptedModel.Module).Layers : 1;

    private void EnsureVirtualTokensReached()
    {
        if (VirtualTokenMethod is not { } method || _mayBeUnreached is null || _checkedIn == HotReload.Version)
            return;

        int[] unreached = [.. Enumerable.Range(0, Reached.Length).Where(layer => !Reached[layer])];
        if (unreached.Length == 0)
            return;

        _checkedIn = HotReload.Version;
        var advice = !method.IsPrefix || unreached.Length == Reached.Length
            ? $"Call {nameof(VirtualTokens)}.{nameof(VirtualTokens.Prepend)}(this, …) in the forward of {ModelName}, or of a part of it, where it has the "
                + "embeddings of its tokens" + (method.IsPrefix ? ", and prepend its Prefix in each attention layer." : ".")
            : $"Prepend the {nameof(PromptedInput.Prefix)} to the keys and values of attention layer {string.Join(", ", unreached)} too.";
        throw new InvalidOperationException(
            $"Adapter \"{Name}\": the model ran without reading the virtual tokens"
            + (method.IsPrefix && unreached.Length < Reached.Length ? $" in {unreached.Length} of its {Reached.Length} layers" : string.Empty)
            + $". What is trained there has no effect. {advice}");
    }
}
