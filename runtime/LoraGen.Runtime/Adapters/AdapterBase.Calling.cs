using System.ComponentModel;

namespace LoraGen;

/// <content>What happens around a call of the whole model.</content>
public abstract partial class AdapterBase
{
    private const int MostNamed = 5;

    private Func<Action> _watch = static () => static () => { };
    private Action _unwatch = static () => { };
    private bool _expectsEverySite;

    /// <summary>Sets how attaching registers the hooks that tell of the beginning and the end of the model's calls; each gives what removes it.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void WatchCalls(Func<Action> begin, Func<Action> end) => _watch = () => begin() + end();

    /// <summary>From here on the end of the model's next call checks that every site was reached.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void ExpectEverySite() => _expectsEverySite = true;

    /// <summary>The beginning of a call of the whole model.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal void BeginModelCall()
    {
        foreach (var (layer, site) in _hooked.Where(hooked => hooked.Site.IsAdded && hooked.Site.IsReparametrized))
            Reparametrization.Begin(layer.Module, site);
    }

    /// <summary>
    /// The end of a call of the whole model. Throws once if an active site was not reached: an adapter that silently does nothing must not exist.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal void EndModelCall()
    {
        // Everyone's: what is thrown below would keep the other adapters from hearing of the end.
        EndInterruptedCall();
        if (!_expectsEverySite || !IsAttached || !IsActive || IsMerged)
            return;

        _expectsEverySite = false;
        var unreached = _sites.Where(site => !site.WasReached).Select(site => site.Path).ToArray();
        if (unreached.Length > 0)
            throw new InvalidOperationException(Unreached(unreached));
    }

    private string Unreached(string[] paths)
    {
        var named = string.Join(", ", paths.Take(MostNamed)) + (paths.Length > MostNamed ? ", …" : string.Empty);
        return $"Adapter \"{Name}\": the model ran without reaching {paths.Length} of its {_sites.Count} sites: {named}. What is trained there has no effect. "
            + "Likely reasons: .forward is called on the layer in another assembly, or as a method group, where it can't be intercepted "
            + "(call .call instead, or set Reparametrize = true on the attribute); the layer's weight is used without calling the layer "
            + "(Reparametrize = true); or the model skips it on purpose (AllowUnreached = true).";
    }

    // After a call that an exception has ended the weights are still set: what reads or changes them must come upon the model's own.
    internal void EndInterruptedCall()
    {
        foreach (var adapter in AdaptedModel.Of(_model).Adapters)
            adapter.RestoreWeights();
    }

    private void RestoreWeights()
    {
        foreach (var (layer, _) in _hooked.Where(hooked => hooked.Site.IsReparametrized))
            Reparametrization.End(layer.Module);
    }
}
