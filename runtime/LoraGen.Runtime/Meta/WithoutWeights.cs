using static TorchSharp.torch;

namespace LoraGen.Meta;

/// <summary>
/// Until it is disposed, intercepted calls of layer factories on this thread create layers whose weights are META tensors: shapes without memory.
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

    /// <summary>Records a layer that a factory has created, and the requested device.</summary>
    public static void Note(nn.Module layer, Device? asked) => _current?._layers.Add(layer, asked);

    /// <summary>Builds a model.</summary>
    /// <param name="build">Creates the model.</param>
    /// <param name="wayOut">A sentence that says what to do if it can't be built.</param>
    /// <param name="layers">The layers that were created without weights, whether the model registers them or not, with the requested devices.</param>
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

        // Objects that were created before an exception would live as long as the exception's frames.
        _layers.Clear();
    }
}
