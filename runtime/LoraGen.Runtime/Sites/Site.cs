using LoraGen.Formats;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>One layer of the base model that an adapter adapts.</summary>
public abstract class Site
{
    private protected Site(string path, BaseLayer layer)
    {
        Path = path;
        Layer = layer;
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
    public abstract IReadOnlyList<Parameter> Parameters { get; }

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
    internal abstract void ShareWith(Site first);

    /// <summary>Replaces the parameters by copies on the device, in the type.</summary>
    internal abstract void To(Device? device, ScalarType? dtype);

    internal void DisposeParameters()
    {
        foreach (var parameter in Parameters)
            parameter.Dispose();
    }
}
