using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// The random numbers of a block, which a second run draws again. On the CPU the generator's state is kept. TorchSharp can't read the state of the CUDA
/// generator, so it is seeded instead, by a number that it has drawn.
/// </summary>
internal sealed class RandomState
{
    private readonly Device? _cuda;
    private readonly long _seed;

    private RandomState(Device? cuda)
    {
        State = random.get_rng_state();
        _cuda = cuda;
        _seed = cuda is null ? 0 : Draw(cuda);
    }

    /// <summary>The state of the CPU's generator. It belongs to the current dispose scope.</summary>
    public Tensor State { get; }

    /// <summary>Reads the state, and on CUDA draws the seed of what follows <see cref="Restore"/>.</summary>
    public static RandomState Of(Device device) => new(device.type == DeviceType.CUDA ? device : null);

    /// <summary>Sets the state.</summary>
    /// <param name="state">The state of the CPU's generator as it was read.</param>
    public void Restore(Tensor state)
    {
        random.set_rng_state(state);
        if (_cuda is not null)
            cuda.manual_seed(_seed);
    }

    private static long Draw(Device device)
    {
        using var drawn = randint(int.MaxValue, [1], ScalarType.Int64, device);
        return drawn.item<long>();
    }
}
