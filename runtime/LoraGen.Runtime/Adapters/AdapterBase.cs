using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A named adapter attached to a base model. While it is attached the base model's own parameters are frozen; detaching it leaves the model, bit for
/// bit, as it was. The generator derives one typed adapter for each adapter attribute.
/// </summary>
/// <remarks>
/// Calls of the model under <c>no_grad</c> may run on several threads, beside each other and beside any member of its adapters. A call keeps the adapters that
/// were active when it began. What changes the base model (attaching, <see cref="Detach"/>, merging, loading, moving) waits for the running calls, and calls
/// that begin meanwhile wait for it; within a call it throws. This holds for calls of the whole model, not for a part of it that is called alone. Training is
/// for one thread at a time, without inference beside it, since an optimizer writes what calls read. Separate models may be used at once.
/// </remarks>
public abstract partial class AdapterBase : IDisposable
{
    private IReadOnlyList<Site> _sites = [];
    private ParameterSet? _shared;
    private long _baseParameters;
    private bool _isActive = true;
    private bool _isDisposed;

    private protected AdapterBase(nn.Module model, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        Name = AdapterName.Checked(name);
        AdaptedModel = AdaptedModel.Of(model);
        AdaptedModel.EnsureFree(name);
    }

    /// <summary>The name under which it was attached; no two adapters of a model share one.</summary>
    public string Name { get; }

    /// <summary>
    /// The adapted layers, in the order of the model's <c>state_dict</c>; then those in collections, which TorchSharp does not register.
    /// </summary>
    public IReadOnlyList<Site> Sites => _sites;

    /// <summary>The site at a path such as <c>layers.0.attn.q_proj</c>.</summary>
    /// <exception cref="KeyNotFoundException">No site stands there; the message names the nearest.</exception>
    public Site this[string path] => SiteLookup.Find(_sites, path, Name);

    /// <summary>Whether it is attached to its model.</summary>
    public bool IsAttached { get; private set; }

    /// <summary>
    /// Whether it takes part in the model's output. Several adapters of a model may: low-rank ones each contribute as if alone on the base model,
    /// others compose in the order of attaching.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// Set while detached, or while merged: the contribution is in the weights. Or switched on beside an active adapter that trains the same part of the
    /// base model. Or set within a call of the model, where it changes the base model (Reparametrize, [Trainable], biases).
    /// </exception>
    public bool IsActive
    {
        get => _isActive;
        set => Switch(nameof(IsActive), [this], () => SetActive(value));
    }

    /// <summary>
    /// What trains: give these to the optimizer. Site by site, in the order of <see cref="Sites"/>; for LoRA, A then B; then what all
    /// sites share. While attached also the base model's
    /// parameters that train: those of [Trainable] members, then the biases.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The adapter is disposed.</exception>
    public IReadOnlyList<Parameter> Parameters()
    {
        EnsureNotDisposed();
        return [.. Sets.SelectMany(set => set.Trained), .. IsAttached ? _trained.Parameters : []];
    }

    /// <summary>
    /// How many parameters train, of how many in all; its text is PEFT's line. Of [Trainable] members the original counts and the trained copy. The generated
    /// type tells it before there is a model: <c>Count</c>.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The adapter is disposed.</exception>
    public ParameterCount ParameterCount
    {
        get
        {
            EnsureNotDisposed();
            SiteCount[] sites = [.. _sites.Select(site => new SiteCount(site.Path, Elements(site.Own.Trained)))];
            var trainable = Elements(Sets.SelectMany(set => set.Trained));
            var all = Elements(Sets.SelectMany(set => set.All));
            return new ParameterCount(trainable + _trained.Trainable, _baseParameters + all + _trained.Copied) { Sites = sites };
        }
    }

    /// <summary>Makes this the one active adapter of its model.</summary>
    /// <exception cref="InvalidOperationException">It, or another one that is active, is merged; none was switched.</exception>
    public void ActivateOnly()
    {
        Switch(nameof(ActivateOnly), AdaptedModel.Adapters, () =>
        {
            EnsureAttached();
            var others = AdaptedModel.Adapters.Where(other => !ReferenceEquals(other, this) && other.IsActive).ToArray();
            foreach (var adapter in others.Append(this))
                adapter.EnsureSwitchable();
            foreach (var other in others)
                other.SetActive(false);
            SetActive(true);
        });
    }

    /// <summary>Moves the adapter's parameters. They are replaced, as TorchSharp does it, so make the optimizer afterwards.</summary>
    public void To(Device device) => Move(device, null);

    /// <summary>Converts the adapter's parameters. They are replaced, as TorchSharp does it, so make the optimizer afterwards.</summary>
    public void To(ScalarType dtype) => Move(null, dtype);

    /// <summary>Moves and converts the adapter's parameters. They are replaced, as TorchSharp does it, so make the optimizer afterwards.</summary>
    public void To(Device device, ScalarType dtype) => Move(device, dtype);

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name} \"{Name}\": {_sites.Count} sites, {(_isDisposed ? "disposed" : ParameterCount.ToString())}";

    /// <summary>The parameters of each site, then those that all sites share.</summary>
    private IEnumerable<ParameterSet> Sets => _shared is null ? _sites.Select(site => site.Own) : _sites.Select(site => site.Own).Append(_shared);

    /// <summary>The model that it is made for.</summary>
    internal AdaptedModel AdaptedModel { get; }

    /// <summary>Elements of the base model's parameters, each shared one once.</summary>
    internal long BaseParameterCount => _baseParameters;

    private string ModelName => AdaptedModel.Module.GetName();

    /// <summary>Whether switching it writes what calls read: the weights of some layers, or what trains of the base model.</summary>
    private bool ChangesBase => IsReparametrized || _trained.Tensors.Count > 0;

    /// <summary>Runs what changes the base model or the adapter's values, when no call of the model is running.</summary>
    internal void Change(string verb, Action change) => AdaptedModel.Change(verb, change, Sharing);

    private void Switch(string verb, IReadOnlyList<AdapterBase> adapters, Action change)
    {
        if (adapters.Any(adapter => adapter.ChangesBase))
            Change(verb, change);
        else
            AdaptedModel.Switch(change);
    }

    private void SetActive(bool value)
    {
        EnsureAttached();
        EnsureSwitchable();
        if (value)
        {
            EnsureTrainsAlone();
            EnsureInOrder(Later.Where(other => other.IsMerged), "Unmerge that one first");
        }

        _isActive = value;
        SwitchTrained();
    }

    private void EnsureAttached()
    {
        if (!IsAttached)
            throw new InvalidOperationException($"Adapter \"{Name}\" is detached. Attach a new one to the model.");
        if (IsModelDisposed)
            throw new InvalidOperationException($"The model of adapter \"{Name}\" is disposed. Dispose the adapter too.");
    }

    private void EnsureNotDisposed()
    {
        if (_isDisposed)
            throw new ObjectDisposedException(GetType().Name, $"Adapter \"{Name}\" is disposed: it has no parameters any more. Attach a new one to the model.");
    }

    private void EnsureSwitchable() => EnsureNotMerged($"{nameof(IsActive)} has no effect on merged weights");

    private void EnsureNotMerged(string why)
    {
        if (IsMerged)
            throw new InvalidOperationException($"Adapter \"{Name}\" is merged: {why}. Call Unmerge() first.");
    }

    private void Move(Device? device, ScalarType? dtype)
    {
        Change(nameof(To), () =>
        {
            EnsureNotDisposed();
            EnsureNotMerged("moving it would not move what is in the weights");
            foreach (var set in Sets)
                set.To(device, dtype);
        });
    }

    private static long Elements(IEnumerable<Parameter> parameters) => parameters.Sum(parameter => parameter.NumberOfElements);
}
