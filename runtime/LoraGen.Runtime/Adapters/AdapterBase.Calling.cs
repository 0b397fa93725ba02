using System.ComponentModel;
using LoraGen.Sites;

namespace LoraGen;

/// <content>Calls of the whole model.</content>
public abstract partial class AdapterBase
{
    private Func<Action> _watch = static () => static () => { };

    /// <summary>
    /// Sets the functions that register the hooks for the beginning and the end of the model's calls. Each returns the action that removes its hook.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void WatchCalls(Func<Action> begin, Func<Action> end) => _watch = () => begin() + end();

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
}
