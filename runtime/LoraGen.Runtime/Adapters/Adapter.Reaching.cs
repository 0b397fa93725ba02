using System.ComponentModel;

namespace LoraGen;

/// <content>An adapter that silently does nothing must not exist: the first call of the model has to come by every site.</content>
public abstract partial class Adapter
{
    private const int MostNamed = 5;

    private bool _expectsEverySite;
    private Action _unwatch = static () => { };

    /// <summary>From here on the end of the model's next call checks that every site was reached.</summary>
    /// <param name="unwatch">Takes away the hook that tells of the end.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void ExpectEverySite(Action unwatch)
    {
        _unwatch = unwatch;
        _expectsEverySite = true;
    }

    /// <summary>The end of a call of the whole model. Throws once if an active site was not reached.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal void EndModelCall()
    {
        if (!_expectsEverySite || !IsAttached || !IsActive || IsMerged)
            return;

        _expectsEverySite = false;
        var unreached = _sites.Where(site => !site.WasReached).Select(site => site.Path).ToArray();
        if (unreached.Length == 0)
            return;

        var named = string.Join(", ", unreached.Take(MostNamed)) + (unreached.Length > MostNamed ? ", …" : string.Empty);
        throw new InvalidOperationException(
            $"Adapter \"{Name}\": the model ran without reaching {unreached.Length} of its {_sites.Count} sites: {named}. What is trained there has no effect. "
            + "Likely reasons: .forward is called on the layer in another assembly, or as a method group, where it can't be intercepted (call .call instead); "
            + "the layer's weight is used without calling the layer; or the model skips it on purpose (then set AllowUnreached = true on the attribute).");
    }
}
