using System.ComponentModel;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A named adapter attached to a base model. While it is attached the base model's own parameters are frozen; detaching it leaves the model, bit for
/// bit, as it was. The generator derives one typed adapter for each <see cref="LoraAttribute"/>.
/// </summary>
/// <remarks>An adapter, like the model it is attached to, is for one thread at a time; separate models may be used at once.</remarks>
public abstract class Adapter : IDisposable
{
    private readonly nn.Module _model;
    private IReadOnlyList<Site> _sites = [];
    private IReadOnlyList<nn.Module> _frozen = [];
    private IReadOnlyList<(nn.Module Layer, Site Site)> _hooked = [];
    private long _baseParameters;
    private bool _isActive = true;

    private protected Adapter(nn.Module model, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        AdaptedModel.Of(model).EnsureFree(name, model);
        _model = model;
        Name = name;
    }

    /// <summary>The name under which it was attached; no two adapters of a model share one.</summary>
    public string Name { get; }

    /// <summary>The adapted layers, in the order of their declaration in the model.</summary>
    public IReadOnlyList<Site> Sites => _sites;

    /// <summary>The site at a path such as <c>layers.0.attn.q_proj</c>.</summary>
    /// <exception cref="KeyNotFoundException">No site stands there; the message names the nearest.</exception>
    public Site this[string path] => SiteLookup.Find(_sites, path, Name);

    /// <summary>Whether it is attached to its model.</summary>
    public bool IsAttached { get; private set; }

    /// <summary>Whether its contribution is in the base weights.</summary>
    public bool IsMerged { get; private set; }

    /// <summary>Whether it takes part in the model's output. Several adapters of a model may; their contributions add up.</summary>
    /// <exception cref="InvalidOperationException">Set while merged: the contribution is in the weights.</exception>
    public bool IsActive
    {
        get => _isActive;
        set
        {
            EnsureSwitchable();
            _isActive = value;
            Switch();
        }
    }

    /// <summary>What trains: give these to the optimizer. Site by site, in the order of <see cref="Sites"/>; for LoRA, A then B.</summary>
    public IReadOnlyList<Parameter> Parameters() => [.. _sites.SelectMany(site => site.Parameters)];

    /// <summary>How many parameters train, of how many in all; its text is PEFT's line.</summary>
    public ParameterCount Count()
    {
        var trainable = _sites.Sum(site => site.Parameters.Sum(parameter => parameter.NumberOfElements));
        return new ParameterCount(trainable, _baseParameters + trainable);
    }

    /// <summary>Makes this the one active adapter of its model.</summary>
    /// <exception cref="InvalidOperationException">It, or another one that is active, is merged; none was switched.</exception>
    public void ActivateOnly()
    {
        EnsureAttached();
        var others = AdaptedModel.Of(_model).Adapters.Where(other => !ReferenceEquals(other, this) && other.IsActive).ToArray();
        foreach (var adapter in others.Append(this))
            adapter.EnsureSwitchable();
        foreach (var other in others)
            other.IsActive = false;
        IsActive = true;
    }

    /// <summary>Moves the adapter's parameters. They are replaced, as TorchSharp does it, so make the optimizer afterwards.</summary>
    public void To(Device device) => Move(device, null);

    /// <summary>Converts the adapter's parameters. They are replaced, as TorchSharp does it, so make the optimizer afterwards.</summary>
    public void To(ScalarType dtype) => Move(null, dtype);

    /// <summary>Moves and converts the adapter's parameters. They are replaced, as TorchSharp does it, so make the optimizer afterwards.</summary>
    public void To(Device device, ScalarType dtype) => Move(device, dtype);

    /// <summary>
    /// Adds the contribution to the base weights: computed in at least float32, rounded once. The model then runs at its own speed; the originals are
    /// kept for <see cref="Unmerge"/>. There is nothing to train until then.
    /// </summary>
    /// <exception cref="InvalidOperationException">Not attached, inactive, already merged, or a merged weight would not be finite: no weight was changed.</exception>
    public void Merge()
    {
        EnsureMergeable();
        foreach (var site in _sites)
            MergedWeight.Merge(site);
        IsMerged = true;
        Switch();
    }

    /// <summary>Takes the contribution out of the base weights again; after the last adapter they hold their original bits.</summary>
    /// <exception cref="InvalidOperationException">Not merged.</exception>
    public void Unmerge()
    {
        if (!IsMerged)
            throw new InvalidOperationException($"Adapter \"{Name}\" is not merged.");

        foreach (var site in _sites)
            MergedWeight.Unmerge(site);
        IsMerged = false;
        Switch();
    }

    /// <summary>
    /// Leaves the base model as it was before attaching: weights, hooks and which parameters require a gradient. The adapter keeps its own parameters
    /// until it is disposed. Does nothing when detached already.
    /// </summary>
    public void Detach()
    {
        if (!IsAttached)
            return;
        if (IsMerged)
            Unmerge();

        foreach (var (layer, site) in _hooked)
            LayerHook.Remove(layer, site);
        foreach (var module in _frozen.Reverse())
            FrozenModule.Thaw(module);
        AdaptedModel.Of(_model).Remove(this);
        IsAttached = false;
    }

    /// <summary>Detaches and frees the adapter's parameters.</summary>
    public void Dispose()
    {
        Detach();
        foreach (var site in _sites)
            site.DisposeParameters();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name} \"{Name}\": {_sites.Count} sites, {Count()}";

    /// <summary>The last step of generated code's attach: checks everything, then freezes and hooks. When it throws, the model is as before.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void Attach(SiteCollector collected)
    {
        ArgumentNullException.ThrowIfNull(collected);
        _sites = collected.Sites;
        try
        {
            collected.EnsureTargetsMeet($"Adapter \"{Name}\" on {_model.GetName()}");
        }
        catch
        {
            Dispose();
            throw;
        }

        _frozen = [.. collected.Modules.Select(entry => entry.Module)];
        foreach (var module in _frozen)
            FrozenModule.Freeze(module);

        var shared = TiedSites.Resolve(collected);
        _sites = shared.Sites;
        _hooked = shared.Hooked;
        _baseParameters = shared.BaseParameters;
        foreach (var (layer, site) in _hooked)
            LayerHook.Add(layer, site);

        AdaptedModel.Of(_model).Add(this);
        IsAttached = true;
        Switch();
    }

    private protected void Fold()
    {
        EnsureMergeable();
        foreach (var site in _sites)
            MergedWeight.Fold(site);
        Dispose();
    }

    private void EnsureMergeable()
    {
        EnsureAttached();
        EnsureNotMerged("it can't be merged twice");
        if (!IsActive)
            throw new InvalidOperationException($"Adapter \"{Name}\" is not active. Set {nameof(IsActive)} before merging it.");

        foreach (var site in _sites)
        {
            if (site.TiedTo is { } other)
            {
                throw new InvalidOperationException(
                    $"{site.Path}: its weight is also {other}, which merging would change too. Leave the layer out of the targets, or untie the two.");
            }

            MergedWeight.EnsureMergeable(site);
        }
    }

    private void EnsureAttached()
    {
        if (!IsAttached)
            throw new InvalidOperationException($"Adapter \"{Name}\" is detached. Attach a new one to the model.");
    }

    private void EnsureSwitchable() => EnsureNotMerged($"{nameof(IsActive)} has no effect on merged weights");

    private void EnsureNotMerged(string why)
    {
        if (IsMerged)
            throw new InvalidOperationException($"Adapter \"{Name}\" is merged: {why}. Call {nameof(Unmerge)}() first.");
    }

    private void Move(Device? device, ScalarType? dtype)
    {
        EnsureNotMerged("moving it would not move what is in the weights");
        foreach (var site in _sites)
            site.To(device, dtype);
    }

    private void Switch()
    {
        foreach (var site in _sites)
            site.IsAdded = IsAttached && _isActive && !IsMerged;
    }
}
