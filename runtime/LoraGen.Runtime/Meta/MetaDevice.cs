using static TorchSharp.torch;

namespace LoraGen.Meta;

/// <summary>
/// Makes META the default device and, when it is disposed, restores the default device and torch's random state. On META, too, an Embedding or an
/// LSTM draws from the generator.
/// </summary>
internal sealed class MetaDevice : IDisposable
{
    private readonly Device _device = get_default_device();
    private readonly Tensor _randomState = random.get_rng_state().DetachFromDisposeScope();

    public MetaDevice() => set_default_device(META);

    public void Dispose()
    {
        set_default_device(_device);
        random.set_rng_state(_randomState);
        _randomState.Dispose();
    }
}
