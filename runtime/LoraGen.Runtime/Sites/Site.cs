using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>One layer of the base model that an adapter adapts.</summary>
public class Site
{
    private readonly List<string> _aliases = [];
    private readonly List<BaseLayer> _layers;

    /// <param name="facts">The layer's sizes and path.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="method">What adapts it.</param>
    /// <param name="dtype">The parameters' type; null for float32, or float64 beside float64 weights: in half precision small updates are lost.</param>
    internal Site(LayerFacts facts, BaseLayer layer, AdapterMethod method, ScalarType? dtype)
    {
        Path = facts.Path;
        Facts = facts;
        Layer = layer;
        State = ModuleState.Of(layer.Module);
        Method = method;
        _layers = [layer];
        Own = new ParameterSet(method.Parameters(facts), TypeFor(layer, dtype), layer.Device);
    }

    /// <summary>Where the layer is: its dotted name in the base model's <c>state_dict</c>, such as <c>layers.0.attn.q_proj</c>.</summary>
    public string Path { get; }

    /// <summary>The base model's layer.</summary>
    public nn.Module Module => Layer.Module;

    /// <summary>The same with its kind, sizes, weight and bias.</summary>
    public BaseLayer Layer { get; }

    /// <summary>What adapts it, with the options in force here.</summary>
    public AdapterMethod Method { get; private set; }

    /// <summary>The further paths under which the same weight stands in the model: it is adapted and merged once.</summary>
    public IReadOnlyList<string> Aliases => _aliases;

    /// <summary>
    /// Path of a parameter outside the adapter's sites that is this layer's weight too, such as a tied embedding's; null where there is none. Such a site
    /// trains, but can't be merged: that would change the other user of the weight.
    /// </summary>
    public string? TiedTo { get; internal set; }

    /// <summary>What trains at this site, in the order of <see cref="AdapterBase.Parameters"/>.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. Own.Trained];

    /// <summary>The parameter that the method declares under the name, at this site or for all of them.</summary>
    /// <exception cref="KeyNotFoundException">None was declared.</exception>
    public Parameter this[string name] => Own.Find(name) ?? Shared?.Find(name) ?? Own[name];

    /// <summary>The layer's sizes and path.</summary>
    internal LayerFacts Facts { get; }

    /// <summary>The site's own parameters.</summary>
    internal ParameterSet Own { get; private set; }

    /// <summary>What all sites of the adapter use together; null where the method declares nothing of the kind.</summary>
    internal ParameterSet? Shared { get; set; }

    /// <summary>The layers with this site's weight: its own first.</summary>
    internal IReadOnlyList<BaseLayer> Layers => _layers;

    /// <summary>What is known of the layer besides.</summary>
    internal ModuleState State { get; }

    /// <summary>The adapter that it belongs to.</summary>
    internal AdapterBase Adapter { get; set; } = null!;

    /// <summary>Whether the contribution is set into the layer's weight for the time of a call, instead of being added to the output by a hook.</summary>
    internal bool IsReparametrized => Method.IsReparametrized;

    /// <summary>Whether a call has reached the layer while the adapter acted.</summary>
    internal bool WasReached { get; set; }

    /// <summary>The type of an adapter's parameters beside a layer.</summary>
    internal static ScalarType TypeFor(BaseLayer layer, ScalarType? dtype)
    {
        return dtype ?? (layer.WeightType == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32);
    }

    /// <summary>Remembers a further path, and returns the site.</summary>
    internal Site AddAlias(string path)
    {
        if (path != Path && !_aliases.Contains(path))
            _aliases.Add(path);
        return this;
    }

    /// <summary>
    /// Frees this site's parameters and shows those of <paramref name="first"/>, whose layer has the same weight: a typed property may hold this site.
    /// </summary>
    internal virtual void ShareWith(Site first)
    {
        Own.Dispose();
        (Own, Method) = (first.Own, first.Method);
        first._layers.Add(Layer);
    }

    internal void EnsureSameDevice(Tensor input)
    {
        var parameter = Own[0];
        if (input.device_type != parameter.device_type || input.device_index != parameter.device_index)
        {
            throw new InvalidOperationException(
                $"{Path}: the input is on {input.device}, the adapter on {parameter.device}. "
                + $"Call the adapter's To({input.device}) before making the optimizer.");
        }
    }
}
