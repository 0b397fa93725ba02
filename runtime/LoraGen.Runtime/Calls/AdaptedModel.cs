using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen.Calls;

/// <summary>A base model and the adapters that are attached to it.</summary>
internal sealed partial class AdaptedModel(nn.Module module)
{
    private static long s_attached;

    // Copied on write, because changing one adapter may attach or remove another.
    private AdapterBase[] _adapters = [];
    private AdaptedModel[] _sharing = [];
    private AdapterSnapshot _snapshot = AdapterSnapshot.Empty;
    private Action? _unwatch;

    /// <summary>A reference that doesn't keep the model.</summary>
    public WeakReference<AdaptedModel> Weak => field ??= new(this);

    public static AdaptedModel Of(nn.Module module) => ModuleState.Of(module).GetModel(module);

    /// <summary>Returns a number that increases with each attached adapter.</summary>
    public static long NextOrder() => Interlocked.Increment(ref s_attached);

    public nn.Module Module => module;

    /// <summary>The adapters of calls that begin now.</summary>
    public AdapterSnapshot Snapshot => _snapshot;

    /// <summary>The model's own adapters, in the order of attaching.</summary>
    public IReadOnlyList<AdapterBase> Adapters => _adapters;

    /// <summary>The adapters of this model and of the models that share modules with it, in the order of attaching.</summary>
    public IEnumerable<AdapterBase> AllAdapters => WithSharing.SelectMany(model => model._adapters).OrderBy(adapter => adapter.Order);

    // The list has an entry for each adapter that links two models, so a model may be listed more than once.
    private IEnumerable<AdaptedModel> WithSharing => _sharing.Prepend(this).Distinct();

    /// <summary>Adds an adapter. It must be called within a change.</summary>
    /// <param name="adapter">The adapter.</param>
    /// <param name="sharing">The models that share modules with this one.</param>
    /// <param name="watch">Registers the hooks on the model, and returns the action that removes them.</param>
    public void Add(AdapterBase adapter, IReadOnlyCollection<AdaptedModel> sharing, Func<Action> watch)
    {
        _adapters = [.. _adapters, adapter];
        _unwatch ??= watch();
        foreach (var other in sharing)
        {
            _sharing = [.. _sharing, other];
            other._sharing = [.. other._sharing, this];
        }
    }

    public void EnsureFree(string name)
    {
        if (_adapters.FirstOrDefault(adapter => AdapterName.AreOneFolder(adapter.Name, name)) is { } taken)
        {
            var folder = taken.Name == name ? string.Empty : $", and \"{name}\" would be the same folder on some systems";
            throw new InvalidOperationException(
                $"An adapter named \"{taken.Name}\" is already attached to this {module.GetName()}{folder}. "
                + "Detach it first, or attach this one under another name.");
        }
    }

    /// <summary>Restores the weights that a call has set and, because an exception ended it, not restored.</summary>
    public void EndInterruptedCall()
    {
        foreach (var adapter in _adapters)
            adapter.RestoreWeights();
    }

    private void Unlink(IReadOnlyCollection<AdaptedModel> sharing)
    {
        foreach (var other in sharing)
        {
            _sharing = Without(_sharing, other);
            other._sharing = Without(other._sharing, this);
        }
    }

    private static AdaptedModel[] Without(AdaptedModel[] models, AdaptedModel model)
    {
        var index = Array.IndexOf(models, model);
        return [.. models.Where((_, i) => i != index)];
    }
}
