using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// While it is not disposed, intercepted calls of layer factories on this thread make layers whose weights are META tensors: shapes without memory.
/// </summary>
internal sealed class WithoutWeights : IDisposable
{
    [ThreadStatic]
    private static WithoutWeights? _current;

    private readonly WithoutWeights? _outer = _current;
    private readonly Dictionary<nn.Module, Device?> _layers = new(ReferenceEqualityComparer.Instance);

    private WithoutWeights() => _current = this;

    /// <summary>Whether a model is built without weights on this thread.</summary>
    public static bool IsOn => _current is not null;

    /// <summary>Takes note of a layer that a factory made, and of the device that it was asked for.</summary>
    public static void Note(nn.Module layer, Device? asked) => _current?._layers.Add(layer, asked);

    /// <summary>Builds a model.</summary>
    /// <param name="build">Makes it.</param>
    /// <param name="wayOut">What to do where it can't be built, as a sentence.</param>
    /// <param name="layers">Those made without weights, whether the model registers them or not, with the devices that they were asked for.</param>
    /// <exception cref="InvalidOperationException">It can't be built without weights; the message names the place.</exception>
    public static TModel Build<TModel>(Func<TModel> build, string wayOut, out IReadOnlyDictionary<nn.Module, Device?> layers)
        where TModel : nn.Module
    {
        try
        {
            using var mode = new WithoutWeights();
            var model = build() ?? throw new InvalidOperationException($"The function that builds the {typeof(TModel).Name} returned null.");
            layers = mode._layers.ToDictionary(ReferenceEqualityComparer.Instance);
            return model;
        }
        catch (Exception failure) when (MetaFailure.PlaceOf(failure) is { } place)
        {
            throw new InvalidOperationException(
                $"{typeof(TModel).Name} can't be built without weights, since {place} needs values: "
                + $"{failure.Message.Split('\n')[0].TrimEnd('.', ' ')}. {wayOut}",
                failure);
        }
    }

    public void Dispose()
    {
        _current = _outer;

        // What was made before an exception would be kept as long as the exception's frames.
        _layers.Clear();
    }
}
