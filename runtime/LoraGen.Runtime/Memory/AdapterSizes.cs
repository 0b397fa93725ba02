namespace LoraGen.Memory;

/// <summary>The sizes of an adapter for the memory formula.</summary>
/// <param name="Base">Elements of the base model's parameters.</param>
/// <param name="TrainedBase">Elements of those that train beside the adapter: [Trainable] members and biases.</param>
/// <param name="OwnBytes">The adapter's own parameters, in bytes.</param>
/// <param name="HiddenBytes">The results of the sites between A and B per token, in bytes.</param>
/// <param name="CastBytes">The inputs of the linear sites in the adapter's type per token, in bytes.</param>
internal sealed record AdapterSizes(long Base, long TrainedBase, long OwnBytes, long HiddenBytes, long CastBytes)
{
    public static AdapterSizes Of(AdapterBase adapter)
    {
        var low = adapter.Sites.OfType<LowRankSite>().ToArray();
        return new AdapterSizes(
            adapter.BaseParameterCount,
            adapter.ParameterCount.Trainable - adapter.ParameterCount.Sites.Sum(site => site.Trainable),
            adapter.Sites.SelectMany(site => site.Parameters).Sum(parameter => parameter.NumberOfElements * parameter.ElementSize),
            low.Sum(site => site.Rank * site.A.ElementSize),
            low.Where(site => site.Layer.Facts.Kind == LayerKind.Linear).Sum(site => site.A.shape[1] * site.A.ElementSize));
    }
}
