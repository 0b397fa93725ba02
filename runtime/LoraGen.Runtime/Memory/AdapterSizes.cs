namespace LoraGen.Memory;

/// <summary>The sizes of an adapter for the memory formula.</summary>
/// <param name="Base">Elements of the base model's parameters.</param>
/// <param name="TrainedBase">Elements of those that train beside the adapter: [Trainable] members and biases.</param>
/// <param name="OwnBytes">The adapter's own parameters that train, in bytes.</param>
/// <param name="FrozenBytes">The adapter's own parameters that don't train, in bytes.</param>
/// <param name="StepBytes">What the adapter's optimizer keeps for the method, in bytes.</param>
/// <param name="HiddenBytes">The results of the sites between their input and their contribution per token, in bytes.</param>
/// <param name="CastBytes">The inputs that the sites keep in the adapter's type per token, where the base model's is narrower, in bytes.</param>
internal sealed record AdapterSizes(
    long Base, long TrainedBase, long OwnBytes, long FrozenBytes, long StepBytes, long HiddenBytes, long CastBytes)
{
    public static AdapterSizes Of(AdapterBase adapter)
    {
        return new AdapterSizes(
            adapter.BaseParameterCount,
            adapter.ParameterCount.Trainable - adapter.ParameterCount.Sites.Sum(site => site.Trainable),
            Sum(site => site.Own.Specs.Where(spec => spec.Trains).Sum(spec => spec.Elements)),
            Sum(site => Frozen(site.Own)) + (adapter.SharedByAll is { } shared ? Frozen(shared) * shared[0].ElementSize : 0),
            Sum(site => site.Method.StepState(site.Facts).Sum(spec => spec.Elements)),
            Sum(site => site.Method.Hidden(site.Facts)),
            Sum(site => site.Method.ReadElements(site.Facts)));

        long Sum(Func<Site, long> elements) => adapter.Sites.Where(site => site.Own.All.Count > 0).Sum(site => elements(site) * site.Own[0].ElementSize);

        static long Frozen(ParameterSet set) => set.Specs.Where(spec => !spec.Trains).Sum(spec => spec.Elements);
    }
}
