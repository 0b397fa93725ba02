using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>The representation of a method's sites in PEFT's files.</summary>
internal abstract class PeftMethod
{
    /// <summary>PEFT's <c>peft_type</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The modules that PEFT adds to an adapted layer; null if PEFT does not have the method.</summary>
    public virtual IReadOnlyList<string>? Modules => null;

    /// <summary>Whether PEFT's config of the method has <c>layers_to_transform</c>.</summary>
    public virtual bool HasLayers => true;

    /// <summary>Sets the method's own keys.</summary>
    public abstract void Describe(JsonObject config, IReadOnlyList<Site> sites);

    /// <summary>A site's tensors in the file, by the part of their names after the layer's path.</summary>
    /// <param name="site">The site.</param>
    /// <param name="config">The config of the file that is read; null when writing.</param>
    public virtual IEnumerable<(string Suffix, Tensor Tensor)> Tensors(Site site, PeftConfig? config)
    {
        return site.Own.Specs.Zip(site.Own.All, (spec, parameter) => (spec.PeftSuffix, (Tensor)parameter));
    }

    /// <summary>Sets a site's values from a file whose tensors have the names and shapes of <see cref="Tensors"/>.</summary>
    public virtual void Load(Site site, PeftConfig config, Func<string, Tensor> read)
    {
        foreach (var (suffix, parameter) in Tensors(site, config))
            parameter.copy_(read(suffix));
    }

    /// <summary>The contradictions between the config and the attributes, one line each.</summary>
    public abstract IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites);
}
