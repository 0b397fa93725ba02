using LoraGen.Sites;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>One layer of the base model that an adapter adapts.</summary>
public class Site
{
    private readonly List<string> _aliases = [];
    private readonly List<BaseLayer> _layers;
    private int _reachedIn = -1;

    /// <param name="facts">The layer's sizes and path.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="method">The method that adapts it.</param>
    /// <param name="dtype">The parameters' type; null for float32, or float64 for float64 weights. In half precision small updates would be lost.</param>
    internal Site(LayerFacts facts, BaseLayer layer, AdapterMethod method, ScalarType? dtype)
    {
        Path = facts.Path;
        Facts = facts;
        Layer = layer;
        State = ModuleState.Of(layer.Module);
        Method = method;
        _layers = [layer];
        Own = new ParameterSet(method.Parameters(facts), TypeFor(layer.WeightType, dtype), layer.Device);
    }

    /// <summary>The layer's dotted name in the base model's <c>state_dict</c>, such as <c>layers.0.attn.q_proj</c>.</summary>
    public string Path { get; }

    /// <summary>The base model's layer.</summary>
    public nn.Module Module => Layer.Module;

    /// <summary>The layer with its kind, sizes, weight and bias.</summary>
    public BaseLayer Layer { get; }

    /// <summary>The method that adapts the layer, with the options for this site.</summary>
    public AdapterMethod Method { get; internal set; }

    /// <summary>The other paths of the layer, or of layers with the same weight, which is adapted and merged once.</summary>
    public IReadOnlyList<string> Aliases => _aliases;

    /// <summary>
    /// The path of a parameter outside the adapter's sites that is the same tensor as this layer's weight, such as a tied embedding's; null if there is none.
    /// Such a site can be trained but not merged, because merging would change the other module too.
    /// </summary>
    public string? TiedTo { get; internal set; }

    /// <summary>The trained parameters of this site, in the order of <see cref="IParameterSource.Parameters"/>.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. Own.Trained];

    /// <summary>Returns the parameter that the method declares with the name, for this site or for all sites.</summary>
    /// <exception cref="KeyNotFoundException">No parameter was declared with the name.</exception>
    public Parameter this[string name] => Own.Find(name) ?? Shared?.Find(name) ?? Own[name];

    /// <summary>The path, the layer with its sizes, and the method: <c>fc: Linear(4 → 8), LoRA rank 2, alpha 4, scaling 2</c>.</summary>
    public override string ToString()
    {
        var summary = Method.Summary;
        return $"{Path}: {Facts.Text}, {Method.Label}{(summary.Length == 0 ? string.Empty : $" {summary}")}";
    }

    /// <summary>The layer's sizes and path.</summary>
    internal LayerFacts Facts { get; }

    /// <summary>The site's own parameters.</summary>
    internal ParameterSet Own { get; private set; }

    /// <summary>The parameters that all sites of the adapter share; null if the method declares none.</summary>
    internal ParameterSet? Shared { get; set; }

    /// <summary>The layers with this site's weight, beginning with the site's own layer.</summary>
    internal IReadOnlyList<BaseLayer> Layers => _layers;

    /// <summary>What the stages around an optimizer's step keep; null without an optimizer, or if the method keeps nothing.</summary>
    internal ParameterSet? StepState { get; private set; }

    /// <summary>The state of the layer.</summary>
    internal ModuleState State { get; }

    /// <summary>The adapter that the site belongs to.</summary>
    internal AdapterBase Adapter { get; set; } = null!;

    /// <summary>Whether the contribution is added to the layer's weight during a call, instead of to the output by a hook.</summary>
    internal bool IsReparametrized => Method.IsReparametrized;

    /// <summary>Whether a call has reached the layer while the adapter was acting, since the code was last updated.</summary>
    internal bool WasReached => _reachedIn == HotReload.Version;

    /// <summary>Remembers that a call has reached the layer.</summary>
    internal void Reach()
    {
        _reachedIn = HotReload.Version;
        Adapter.NoteReached();
    }

    /// <summary>Returns the type of an adapter's parameters beside base weights of a type.</summary>
    internal static ScalarType TypeFor(ScalarType? weights, ScalarType? dtype)
    {
        return dtype ?? (weights == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32);
    }

    /// <summary>Adds another path, and returns the site.</summary>
    internal Site AddAlias(string path)
    {
        if (path != Path && !_aliases.Contains(path))
            _aliases.Add(path);
        return this;
    }

    /// <summary>
    /// Frees this site's parameters and uses those of <paramref name="first"/>, whose layer has the same weight. A typed property may return this site.
    /// </summary>
    internal virtual void ShareWith(Site first)
    {
        Own.Dispose();
        (Own, Method) = (first.Own, first.Method);
        first._layers.Add(Layer);
    }

    /// <summary>Begins with an empty state of the stages around an optimizer's step.</summary>
    internal void StartSteps()
    {
        EndSteps();
        var specs = Method.StepState(Facts);
        if (specs.Count > 0)
            StepState = new ParameterSet([.. specs.Select(spec => spec with { Trains = false })], Own[0].dtype, Own[0].device);
        foreach (var tensor in StepState?.All ?? [])
            tensor.zero_();
        Method.StartSteps(this);
    }

    /// <summary>Frees that state.</summary>
    internal void EndSteps()
    {
        StepState?.Dispose();
        StepState = null;
    }

    internal void EnsureSameDevice(Tensor input)
    {
        var parameter = Own[0];
        if (input.device_type != parameter.device_type || input.device_index != parameter.device_index)
        {
            throw new InvalidOperationException(
                $"{Path}: the input is on {input.device}, the adapter on {parameter.device}. "
                + $"Call the adapter's To({input.device}) before creating the optimizer.");
        }
    }
}
