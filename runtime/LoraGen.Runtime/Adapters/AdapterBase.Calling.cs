using System.ComponentModel;
using LoraGen.Sites;

namespace LoraGen;

/// <content>Calls of the whole model.</content>
public abstract partial class AdapterBase
{
    private const int MostNamed = 5;

    private Func<Action> _watch = static () => static () => { };
    private bool _expectsEverySite;

    /// <summary>
    /// Sets the functions that register the hooks for the beginning and the end of the model's calls. Each returns the action that removes its hook.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void WatchCalls(Func<Action> begin, Func<Action> end) => _watch = () => begin() + end();

    /// <summary>Makes the model's next call check that every site was reached.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void ExpectEverySite() => _expectsEverySite = true;

    /// <summary>Whether the adapter takes part in calls that begin now: it is attached, active and not merged.</summary>
    internal bool IsActing => IsAttached && _isActive && !IsMerged;

    /// <summary>Whether the adapter sets weights during a call.</summary>
    internal bool IsReparametrized => _hooked.Any(hooked => hooked.Site.IsReparametrized);

    /// <summary>Sets the weights of the layers with Reparametrize for a call that is beginning.</summary>
    internal void SetWeights()
    {
        foreach (var (layer, site) in _hooked.Where(hooked => hooked.Site.IsReparametrized))
            Reparametrization.Begin(layer.Module, site);
    }

    /// <summary>Restores these weights.</summary>
    internal void RestoreWeights()
    {
        foreach (var (layer, _) in _hooked.Where(hooked => hooked.Site.IsReparametrized))
            Reparametrization.End(layer.Module);
    }

    /// <summary>Throws if a site was not reached in the first call with the adapter, so that no adapter is silently without effect.</summary>
    internal void EnsureReached()
    {
        if (!_expectsEverySite || !IsActing)
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
}
