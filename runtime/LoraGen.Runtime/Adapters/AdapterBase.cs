using LoraGen.Calls;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A named adapter attached to a base model. While it is attached, the base model's own parameters are frozen. Detaching it restores the model bit for bit. The
/// generator derives one typed adapter class for each adapter attribute.
/// </summary>
/// <remarks>
/// Calls of the model under <c>no_grad</c> may run on several threads, concurrently with each other and with any member of the model's adapters. A call uses
/// the adapters that were active when it began. Members that change the base model (attaching, <see cref="Detach"/>, merging, loading, moving) wait for running
/// calls, and calls that begin in the meantime wait for them; within a call they throw. This holds for calls of the whole model, not for a part of it that is
/// called alone. Training is for one thread at a time, without inference on the same model, because an optimizer writes the values that calls read. Models that
/// share no modules are independent.
/// </remarks>
public abstract partial class AdapterBase : IDisposable
{
    private IReadOnlyList<Site> _sites = [];
    private AdapterMethod _method = new LoraMethod();
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

    /// <summary>The adapter's name, unique per model.</summary>
    public string Name { get; }

    /// <summary>
    /// The adapted layers, in the order of the model's <c>state_dict</c>, followed by those in collections, which TorchSharp does not register.
    /// </summary>
    public IReadOnlyList<Site> Sites => _sites;

    /// <summary>The site at a path such as <c>layers.0.attn.q_proj</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no site at the path; the message lists the closest paths.</exception>
    public Site this[string path] => SiteLookup.Find(_sites, path, Name);

    /// <summary>Whether the adapter is attached to its model.</summary>
    public bool IsAttached { get; private set; }

    /// <summary>
    /// Whether the adapter contributes to the model's output. Several adapters of a model may be active: low-rank ones each contribute as if alone on the base
    /// model, others compose in the order of attaching.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// It was set while the adapter is detached or merged; it was set to true while another active adapter trains the same part of the base model; it was set
    /// within a call of the model, and the adapter changes the base model (Reparametrize, [Trainable], biases); or it was set to false after something else was
    /// loaded into the model while the adapter trained a part of it.
    /// </exception>
    public bool IsActive
    {
        get => _isActive;
        set => Switch(nameof(IsActive), [this], () => SetActive(value));
    }

    /// <summary>
    /// The number of trainable parameters and of all parameters. For [Trainable] members both the original and the trained copy count, as in PEFT. The
    /// generated <c>Count</c> returns the same numbers before a model exists.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The adapter is disposed.</exception>
    public ParameterCount ParameterCount
    {
        get
        {
            EnsureNotDisposed();
            SiteCount[] sites = [.. _sites.Select(site => new SiteCount(site.Path, Elements(site.Own.Trained)))];
            var trainable = Elements(Sets.SelectMany(set => set.Trained));
            var all = Elements(Sets.SelectMany(set => set.Counted));
            return new ParameterCount(trainable + _trained.Trainable, _baseParameters + all + _trained.Copied) { Sites = sites };
        }
    }

    /// <summary>Makes this the only active adapter of its model.</summary>
    /// <exception cref="InvalidOperationException">This adapter or another active one is merged, or this one is detached. No adapter was switched.</exception>
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

    /// <summary>Moves the adapter's parameters. They are replaced, as everywhere in TorchSharp, so create the optimizer afterwards.</summary>
    public void To(Device device) => Move(device, null);

    /// <summary>Converts the adapter's parameters. They are replaced, as everywhere in TorchSharp, so create the optimizer afterwards.</summary>
    public void To(ScalarType dtype) => Move(null, dtype);

    /// <summary>Moves and converts the adapter's parameters. They are replaced, as everywhere in TorchSharp, so create the optimizer afterwards.</summary>
    public void To(Device device, ScalarType dtype) => Move(device, dtype);

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name} \"{Name}\": {_sites.Count} sites, {(_isDisposed ? "disposed" : ParameterCount.ToString())}";

    /// <summary>The parameters of each site, then those that all sites share.</summary>
    private IEnumerable<ParameterSet> Sets => _shared is null ? _sites.Select(site => site.Own) : _sites.Select(site => site.Own).Append(_shared);

    /// <summary>The parameters that all sites share; null if there are none.</summary>
    internal ParameterSet? SharedByAll => _shared;

    /// <summary>The model that the adapter was created for.</summary>
    internal AdaptedModel AdaptedModel { get; }

    /// <summary>The number of elements of the base model's parameters. Shared parameters count once.</summary>
    internal long BaseParameterCount => _baseParameters;

    private string ModelName => AdaptedModel.Module.GetName();

    /// <summary>Whether activating the adapter changes values that calls read: the weights of some layers, or trained parts of the base model.</summary>
    private bool ChangesBase => IsReparametrized || _trained.Tensors.Count > 0;

    /// <summary>Runs a change of the base model or of the adapter's values while no call of the model is running.</summary>
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
        else
        {
            EnsureOwnBase($"{nameof(IsActive)} = false");
        }

        _isActive = value;
        SwitchTrained();
        if (value)
            RememberBase();
    }

    private void EnsureAttached()
    {
        EnsureNotDisposed();
        if (!IsAttached)
            throw new InvalidOperationException($"Adapter \"{Name}\" is detached. Attach a new one to the model.");
        if (IsModelDisposed)
            throw new InvalidOperationException($"The model of adapter \"{Name}\" is disposed. Dispose the adapter too.");
    }

    private void EnsureNotDisposed()
    {
        if (_isDisposed)
            throw new ObjectDisposedException(GetType().Name, $"Adapter \"{Name}\" is disposed and has no parameters. Attach a new one to the model.");
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
            EnsureNotMerged("moving it would not move its contribution to the weights");
            foreach (var set in Sets)
                set.To(device, dtype);
            EndSteps();
        });
    }

    private static long Elements(IEnumerable<Parameter> parameters) => parameters.Sum(parameter => parameter.NumberOfElements);
}
