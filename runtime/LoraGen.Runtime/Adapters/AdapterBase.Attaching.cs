using System.ComponentModel;
using System.Globalization;
using LoraGen.CompilerServices;
using LoraGen.Formats;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>From the base model to the adapted one, and back.</content>
public abstract partial class AdapterBase
{
    private IReadOnlyList<nn.Module> _modules = [];
    private IReadOnlyList<(BaseLayer Layer, Site Site)> _hooked = [];
    private long _most = long.MaxValue;
    private bool _hadParameters;

    /// <summary>
    /// Leaves the base model as it was before attaching: weights, hooks and which parameters require a gradient. The adapter keeps its own parameters
    /// until it is disposed. Waits for running calls of the model. Does nothing when detached already; of a model that is disposed there is nothing left to
    /// restore.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was called within a call of the model.</exception>
    public void Detach()
    {
        if (IsAttached)
            Change(nameof(Detach), Leave);
    }

    /// <summary>
    /// Detaches and frees the adapter's parameters. Running calls of the model keep them until they end; only an adapter that is merged, sets weights
    /// (Reparametrize) or trains a part of the base model waits for these calls.
    /// </summary>
    /// <exception cref="InvalidOperationException">It waits for running calls, and was called within one.</exception>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        if (IsAttached && (IsMerged || ChangesBase))
            Detach();

        _isDisposed = true;
        GC.SuppressFinalize(this);
        if (!IsAttached)
        {
            Free();
            return;
        }

        IsAttached = false;
        AdaptedModel.Remove(this);
    }

    /// <summary>From here on attaching throws where more parameters than that would train.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void SetParameterBudget(long trainableParameters) => _most = trainableParameters;

    /// <summary>
    /// The last step of generated code's constructor: from the sites to the shapes of all that trains. It reads no value and changes nothing, so that a
    /// model without weights can be described too.
    /// </summary>
    /// <exception cref="InvalidOperationException">A target matches no layer.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Describe(SiteCollector collected, AdapterMethod method)
    {
        ArgumentNullException.ThrowIfNull(collected);
        ArgumentNullException.ThrowIfNull(method);
        _sites = collected.Sites;
        foreach (var site in _sites)
            site.Adapter = this;
        try
        {
            collected.EnsureTargetsMatch($"Adapter \"{Name}\" on {ModelName}", method);
            var shared = TiedSites.Resolve(collected);
            _sites = shared.Sites;
            _hooked = shared.Hooked;
            _baseParameters = shared.BaseParameters;
            _modules = [.. collected.Modules.Select(entry => entry.Module)];
            _peftTargets = new PeftTargets([.. collected.Modules.Select(entry => entry.Path)], collected.LayerPaths, collected.RestrictedLists);
            _trained = TrainedTensors.Of(collected);
            ShareParameters(method, collected);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gives the parameters their first values, then freezes and hooks, when no call of the model is running. When it throws, the model is as before and the
    /// adapter disposed.
    /// </summary>
    /// <param name="shared">Whether it may act in further models that have some of its layers.</param>
    /// <param name="load">What comes before the first call that sees it; null for nothing.</param>
    internal void Attach(bool shared, Action? load = null)
    {
        try
        {
            var isAttached = false;
            while (!isAttached)
            {
                _sharing = null;
                Change(nameof(Attach), () => isAttached = TryAttach(shared, load));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gives up its sites and, where it is disposed, its parameters; what it changed of the base model was restored before.</summary>
    /// <returns>The hooks on its layers, which may be unused now.</returns>
    internal IEnumerable<LayerHook> GiveUp()
    {
        foreach (var (layer, site) in _hooked)
            HookOf(layer).Remove(site);
        foreach (var module in _modules.Reverse())
            FrozenModule.Thaw(module, AdaptedModel);
        if (_isDisposed)
            Free();
        return _hooked.Select(hooked => HookOf(hooked.Layer));
    }

    // False where a model with modules of this one was attached meanwhile, whose calls are to be waited for too.
    private bool TryAttach(bool shared, Action? load)
    {
        lock (AdaptedModel.Attaching)
        {
            if (FindSharing().Except(Sharing).Any())
                return false;

            AdaptedModel.EnsureFree(Name);
            EnsureMayShare(shared);
            EnsureValues();
            EnsureTrainsAlone();
            EnsureWithinBudget();
            if (IsReparametrized)
                EnsureInOrder(AdaptedModel.AllAdapters, "What Reparametrize sets is in the weight too: attach this one first");
            Start();
            Enter();
        }

        load?.Invoke();
        return true;
    }

    private void Enter()
    {
        // Other models that have some of these modules may be thawing them.
        AdaptedModel.Switch(() =>
        {
            foreach (var module in _modules)
                FrozenModule.Freeze(module, AdaptedModel);
        });
        foreach (var (layer, site) in _hooked)
            HookOf(layer).Add(site);
        _hadParameters = HasParameters;
        AdaptedModel.Add(this, Sharing, _watch);
        IsAttached = true;
        SwitchTrained();
    }

    private void Leave()
    {
        if (!IsAttached)
            return;
        if (IsModelDisposed)
            Abandon();
        if (IsMerged)
            UnmergeWeights();

        ReleaseTrained();
        IsAttached = false;
        AdaptedModel.Remove(this);
    }

    private void Free()
    {
        foreach (var set in Sets)
            set.Dispose();
    }

    private void ShareParameters(AdapterMethod method, SiteCollector collected)
    {
        var specs = method.SharedParameters([.. _sites.Select(site => site.Facts)]);
        if (specs.Count == 0)
            return;

        _shared = new ParameterSet(specs, Site.TypeFor(_sites[0].Layer, collected.DType), _sites[0].Layer.Device);

        // A typed property may hold a site whose weight another one has too.
        foreach (var site in collected.Sites)
            site.Shared = _shared;
    }

    private void Start()
    {
        using var noGrad = no_grad();
        Order = AdaptedModel.NextOrder();
        if (_shared is not null)
            _sites[0].Method.StartShared(_shared);
        foreach (var site in _sites)
            site.Method.Start(site);
    }

    private void EnsureValues()
    {
        if (_sites.FirstOrDefault(site => site.Layer.Device.type == TorchSharp.DeviceType.META) is { } site)
        {
            throw new InvalidOperationException(
                $"{site.Path}: the layer's weight is on META, a shape without values. Load the model's weights before attaching: Checkpoint.Load(() => …, …).");
        }
    }

    // Known when shared weights are: of several layers with one weight one has the site.
    private void EnsureWithinBudget()
    {
        var trainable = ParameterCount.Trainable;
        if (trainable <= _most)
            return;

        throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture,
            $"Adapter \"{Name}\" on {ModelName} has {trainable:N0} trainable parameters, but MaxTrainableParameters is {_most:N0}. "
            + $"Lower Rank, target fewer layers, or raise it."));
    }

    // A model whose layers keep their weights in buffers alone is not asked.
    private bool IsModelDisposed => _hadParameters && !HasParameters;

    private bool HasParameters => _modules.Any(module => module.named_parameters(recurse: false).Any());

    // There is nothing to put back.
    private void Abandon()
    {
        foreach (var (layer, _) in _hooked)
            Reparametrization.Abandon(layer.Module);
        foreach (var site in _sites)
            MergedWeight.Abandon(site);
        foreach (var tensor in _trained.Tensors)
            tensor.Abandon();
        IsMerged = false;
    }

    private static LayerHook HookOf(BaseLayer layer) => ModuleState.Of(layer.Module).GetHook(layer);
}
