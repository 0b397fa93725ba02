using LoraGen.Formats;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>One layer of the base model that an adapter adapts.</summary>
public abstract class Site
{
    private ParameterSet _parameters;

    /// <param name="path">The layer's path.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="method">What adapts it.</param>
    /// <param name="dtype">The parameters' type; null for float32, or float64 beside float64 weights: in half precision small updates are lost.</param>
    private protected Site(string path, BaseLayer layer, AdapterMethod method, ScalarType? dtype)
    {
        Path = path;
        Layer = layer;
        var type = dtype ?? (layer.WeightType == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32);
        _parameters = new ParameterSet(method.Parameters(layer.Facts), type, layer.Device);
    }

    /// <summary>Where the layer is: its dotted name in the base model's <c>state_dict</c>, such as <c>layers.0.attn.q_proj</c>.</summary>
    public string Path { get; }

    /// <summary>The base model's layer.</summary>
    public nn.Module Module => Layer.Module;

    /// <summary>The further paths under which the same weight stands in the model: it is adapted and merged once.</summary>
    public IReadOnlyList<string> Aliases => _aliases;

    /// <summary>
    /// Path of a parameter outside the adapter's sites that is this layer's weight too, such as a tied embedding's; null where there is none. Such a site
    /// trains, but can't be merged: that would change the other user of the weight.
    /// </summary>
    public string? TiedTo { get; internal set; }

    /// <summary>What trains at this site, in the order of <see cref="Adapter.Parameters"/>.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters.Parameters;

    /// <summary>How <see cref="Parameters"/> are declared, in the same order.</summary>
    internal IReadOnlyList<ParameterSpec> Specs => _parameters.Specs;

    internal BaseLayer Layer { get; }

    /// <summary>How it stands in PEFT's files.</summary>
    internal abstract PeftMethod Peft { get; }

    /// <summary>The adapter's contribution is added in forward: attached, active and not merged.</summary>
    internal bool IsAdded { get; set; }

    /// <summary>Whether the contribution is set into the layer's weight for the time of a call, instead of being added to the output by a hook.</summary>
    internal abstract bool IsReparametrized { get; }

    /// <summary>Whether a call has come by while the contribution was added.</summary>
    internal bool WasReached { get; set; }

    private readonly List<string> _aliases = [];

    /// <summary>Remembers a further path, and returns the site.</summary>
    internal Site AddAlias(string path)
    {
        if (path != Path && !_aliases.Contains(path))
            _aliases.Add(path);
        return this;
    }

    /// <summary>Gives the parameters their first values.</summary>
    internal abstract void Start();

    /// <summary>The layer's output with this site's contribution. Returns <paramref name="output"/> itself where it could be changed in place.</summary>
    internal abstract Tensor Forward(nn.Module module, Tensor input, Tensor output);

    /// <summary>Throws where no weight could do what the site does with the layer; <see cref="MergeInto"/> may still refuse its numbers.</summary>
    internal virtual void EnsureMergeable()
    {
    }

    /// <summary>The layer's weight, in compute precision, with this site's contribution folded in: a new tensor.</summary>
    internal abstract Tensor MergeInto(Tensor weight);

    /// <summary>
    /// Frees this site's parameters and shows those of <paramref name="first"/>, whose layer has the same weight: a typed property may hold this site.
    /// </summary>
    internal virtual void ShareWith(Site first)
    {
        _parameters.Dispose();
        _parameters = first._parameters;
    }

    /// <summary>Replaces the parameters by copies on the device, in the type.</summary>
    internal void To(Device? device, ScalarType? dtype) => _parameters.To(device, dtype);

    internal void DisposeParameters() => _parameters.Dispose();

    /// <summary>The parameter at that place of the method's declaration.</summary>
    private protected Parameter Parameter(int index) => _parameters[index];

    private protected void EnsureSameDevice(Tensor input)
    {
        var parameter = _parameters[0];
        if (input.device_type != parameter.device_type || input.device_index != parameter.device_index)
        {
            throw new InvalidOperationException(
                $"{Path}: the input is on {input.device}, the adapter on {parameter.device}. "
                + $"Call the adapter's To({input.device}) before making the optimizer.");
        }
    }
}
