using System.ComponentModel;
using LoraGen.Calls;
using LoraGen.CompilerServices;
using LoraGen.Formats;
using LoraGen.Sites;
using static TorchSharp.torch;

namespace LoraGen;

/// <content>Attaching and detaching.</content>
public abstract partial class AdapterBase
{
    private IReadOnlyList<nn.Module> _modules = [];
    private IReadOnlyList<(BaseLayer Layer, Site Site)> _hooked = [];
    private long _most = long.MaxValue;
    private bool _hadParameters;

    /// <summary>
    /// Restores the base model as it was before attaching: weights, hooks and which parameters require a gradient. The adapter keeps its own parameters until
    /// it is disposed. The method waits for running calls of the model, and does nothing if the adapter is detached. Nothing is restored in a disposed model.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The method was called within a call of the model; or something else was loaded into the model while the adapter was merged, or while it trained a part
    /// of the model. Nothing was changed.
    /// </exception>
    public void Detach()
    {
        if (!IsAttached)
            return;

        Change(nameof(Detach), () =>
        {
            if (!IsModelDisposed)
                EnsureAsMerged(nameof(Detach));
            EnsureOwnBase(nameof(Detach));
            Leave();
        });
    }

    /// <summary>
    /// Detaches the adapter and frees its parameters, after the running calls that use them have ended. The method itself only waits for these calls if the
    /// adapter is merged, sets weights (Reparametrize) or trains a part of the base model. What was loaded into the model while the adapter was merged, or
    /// trained a part of the model, stays.
    /// </summary>
    /// <exception cref="InvalidOperationException">The method would wait for running calls, but was called within one.</exception>
    public void Dispose()
    {
        if (_isDisposed)
            return;

        // Another thread may merge it meanwhile, so that this is asked again when it is removed.
        if (IsAttached && (ChangesBase || !AdaptedModel.Remove(this, TryLeaveUnchanged)))
            Change(nameof(Dispose), Leave);
        if (!_isDisposed)
            Free();
        _isDisposed = true;
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes attaching throw if more parameters would be trained.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void SetParameterBudget(long trainableParameters) => _most = trainableParameters;

    /// <summary>
    /// The last step of a generated constructor: determines the sites and the shapes of everything that is trained. It reads no value and changes nothing, so
    /// it also works for a model without weights.
    /// </summary>
    /// <exception cref="InvalidOperationException">A target matches no layer.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Describe(SiteCollector collected, AdapterMethod method)
    {
        ArgumentNullException.ThrowIfNull(collected);
        ArgumentNullException.ThrowIfNull(method);
        _method = method;
        _sites = collected.Sites;
        foreach (var site in _sites)
            site.Adapter = this;
        try
        {
            // Otherwise each site has its own options, which are checked there.
            if (!method.HasSites)
                method.Validate($"Adapter \"{Name}\" on {ModelName}");
            collected.EnsureTargetsMatch($"Adapter \"{Name}\" on {ModelName}", method);
            EnsureSitesAgree();
            var shared = TiedSites.Resolve(collected);
            _sites = shared.Sites;
            EnsureQuantizable();
            _hooked = shared.Hooked;
            _baseParameters = shared.BaseParameters;
            _modules = [.. collected.Modules.Select(entry => entry.Module)];
            _blocks = collected.Modules.Where(entry => IsBlock(entry.Module)).Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
            _peftTargets = new PeftTargets([.. collected.Modules.Select(entry => entry.Path)], collected.LayerPaths, collected.RestrictedLists);
            _trained = TrainedTensors.Of(collected, method, $"Adapter \"{Name}\" on {ModelName}");
            _peftTrained = new PeftTrained(
                _trained,
                PeftHeldModules.Of(collected, method.Peft, $"Adapter \"{Name}\" on {ModelName}"),
                new(() => [.. collected.AllModules()]));
            if (_sites.Count > 0 && method.Peft.Unwritable(_sites) is { } reason)
                throw new ArgumentException($"Adapter \"{Name}\" on {ModelName}: {reason}.");
            ShareParameters(method, collected);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Initializes the parameters, then freezes the model and registers hooks, while no call of the model is running. If it throws, the model is unchanged and
    /// the adapter is disposed.
    /// </summary>
    /// <param name="shared">Whether the adapter may also act in other models that have some of its layers.</param>
    /// <param name="quantization">How Linear layers of the model are quantised before; null for what the attribute says.</param>
    /// <param name="load">Loads the adapter before the first call that sees it; null to keep the first values.</param>
    internal void Attach(bool shared, BaseQuantization? quantization, Action? load = null)
    {
        try
        {
            var isAttached = false;
            while (!isAttached)
            {
                _sharing = null;
                Change(nameof(Attach), () => isAttached = TryAttach(shared, quantization, load));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Releases the adapter's sites and, if it is disposed, its parameters. The base model's values were restored before.</summary>
    /// <returns>The hooks on the adapter's layers, which may be unused now.</returns>
    internal IEnumerable<LayerHook> GiveUp()
    {
        foreach (var (layer, site) in _hooked)
            HookOf(layer).Remove(site);
        foreach (var checkpoint in _checkpoints)
            checkpoint.Remove();
        foreach (var module in _modules.Reverse())
            FrozenModule.Thaw(module, AdaptedModel);
        if (_isDisposed)
            Free();
        return _hooked.Select(hooked => HookOf(hooked.Layer));
    }

    // False if a model that shares modules was attached meanwhile: the change must wait for its calls too.
    private bool TryAttach(bool shared, BaseQuantization? quantization, Action? load)
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
            FindCheckpoints();
            if (IsReparametrized)
                EnsureInOrder(AdaptedModel.AllAdapters, "Reparametrize sets the weight itself: attach this adapter first");
            QuantizeBase(quantization);
            Start();
            Enter();
        }

        load?.Invoke();
        return true;
    }

    private void Enter()
    {
        // Another model that shares modules may be thawing them.
        AdaptedModel.Switch(() =>
        {
            foreach (var module in _modules)
                FrozenModule.Freeze(module, AdaptedModel);
        });
        foreach (var (layer, site) in _hooked)
            HookOf(layer).Add(site);
        foreach (var checkpoint in _checkpoints)
            checkpoint.Add();
        _hadParameters = HasParameters;
        AdaptedModel.Add(this, Sharing, _watch);
        IsAttached = true;
        SwitchTrained();
        RememberBase();
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
        AdaptedModel.Remove(this, () =>
        {
            IsAttached = false;
            return true;
        });
    }

    // The parameters are freed when the last call that uses them has ended.
    private bool TryLeaveUnchanged()
    {
        if (IsMerged)
            return false;

        IsAttached = false;
        _isDisposed = true;
        return true;
    }

    private void Free()
    {
        foreach (var set in Sets)
            set.Dispose();
        EndSteps();
    }

    private void ShareParameters(AdapterMethod method, SiteCollector collected)
    {
        var specs = method.AdapterParameters(AdaptedModel.Module, [.. _sites.Select(site => site.Facts)]);
        if (specs.Count == 0)
            return;

        var (type, device) = _sites.Count > 0
            ? (_sites[0].Layer.WeightType, _sites[0].Layer.Device)
            : AdaptedModel.Module.parameters()
                .Where(is_floating_point)
                .Select(parameter => ((ScalarType?)parameter.dtype, parameter.device))
                .FirstOrDefault((null, CPU));
        _shared = new ParameterSet(specs, Site.TypeFor(type, collected.DType), device);

        // A typed property may return a site that shares its weight with another one.
        foreach (var site in collected.Sites)
            site.Shared = _shared;
    }

    private void Start()
    {
        using var noGrad = no_grad();
        Order = AdaptedModel.NextOrder();
        if (_shared is not null)
            _method.StartAdapter(AdaptedModel.Module, _shared);
        foreach (var site in _sites)
            site.Method.Start(site);
    }

    // This can't be told of a model whose layers only have buffers.
    private bool IsModelDisposed => _hadParameters && !HasParameters;

    private bool HasParameters => _modules.Any(module => module.named_parameters(recurse: false).Any());

    // Nothing is restored in a disposed model.
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
