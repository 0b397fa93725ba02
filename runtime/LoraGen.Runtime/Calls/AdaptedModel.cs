using static TorchSharp.torch;

namespace LoraGen;

/// <summary>A base model with the adapters that are attached to it.</summary>
internal sealed partial class AdaptedModel(nn.Module module)
{
    private static long s_attached;

    // Copied on write: a change of one adapter may attach or remove another one.
    private AdapterBase[] _adapters = [];
    private AdaptedModel[] _sharing = [];
    private AdapterSnapshot _snapshot = AdapterSnapshot.Empty;
    private Action? _unwatch;

    public static AdaptedModel Of(nn.Module module) => ModuleState.Of(module).GetModel(module);

    /// <summary>A number that grows with each adapter that is attached.</summary>
    public static long NextOrder() => Interlocked.Increment(ref s_attached);

    public nn.Module Module => module;

    /// <summary>The adapters of the model itself, in the order of attaching.</summary>
    public IReadOnlyList<AdapterBase> Adapters => _adapters;

    /// <summary>These and the adapters of the models that have modules of this one, in the order of attaching.</summary>
    public IEnumerable<AdapterBase> AllAdapters => WithSharing.SelectMany(model => model._adapters).OrderBy(adapter => adapter.Order);

    // A model stands here once for each adapter that links the two.
    private IEnumerable<AdaptedModel> WithSharing => _sharing.Prepend(this).Distinct();

    /// <summary>To be called within a change.</summary>
    /// <param name="adapter">The adapter.</param>
    /// <param name="sharing">The models that have modules of this one.</param>
    /// <param name="watch">Registers the hooks on the model; what it returns removes them.</param>
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
        if (_adapters.Any(adapter => adapter.Name == name))
        {
            throw new InvalidOperationException(
                $"An adapter named \"{name}\" is already attached to this {module.GetName()}. Detach it first, or attach this one under another name.");
        }
    }

    /// <summary>After a call that an exception has ended, weights may still be set: what reads or changes them needs the model's own.</summary>
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
