using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// While it is not disposed, intercepted calls of layer factories on this thread make layers whose weights are META tensors: shapes without memory.
/// </summary>
internal sealed class WithoutWeights : IDisposable
{
    [ThreadStatic]
    private static int _nesting;

    private WithoutWeights() => _nesting++;

    /// <summary>Whether a model is built without weights on this thread.</summary>
    public static bool IsOn => _nesting > 0;

    /// <summary>Builds a model.</summary>
    /// <param name="build">Makes it.</param>
    /// <param name="wayOut">What to do where it can't be built, as a sentence.</param>
    /// <exception cref="InvalidOperationException">It can't be built without weights; the message names the place.</exception>
    public static TModel Build<TModel>(Func<TModel> build, string wayOut)
        where TModel : nn.Module
    {
        try
        {
            using var mode = new WithoutWeights();
            return build() ?? throw new InvalidOperationException($"The function that builds the {typeof(TModel).Name} returned null.");
        }
        catch (Exception failure) when (MetaFailure.PlaceOf(failure) is { } place)
        {
            throw new InvalidOperationException(
                $"{typeof(TModel).Name} can't be built without weights, since {place} needs values: {failure.Message.Split('\n')[0].TrimEnd('.', ' ')}. {wayOut}",
                failure);
        }
    }

    public void Dispose() => _nesting--;
}
