using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace LoraGen.Formats;

/// <summary>The representation of a method's sites in PEFT's files.</summary>
internal abstract class PeftMethod
{
    private const string SharedPrefix = "base_model.";

    /// <summary>PEFT's <c>peft_type</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The modules that PEFT adds to an adapted layer; null if PEFT does not have the method.</summary>
    public virtual IReadOnlyList<string>? Modules => null;

    /// <summary>Whether PEFT's config of the method has <c>layers_to_transform</c>.</summary>
    public virtual bool HasLayers => true;

    /// <summary>Whether the config names the adapted modules.</summary>
    public virtual bool HasTargets => true;

    /// <summary>Why PEFT could not read what is written for these sites; null if it could.</summary>
    public virtual string? Unwritable(IReadOnlyList<Site> sites) => null;

    /// <summary>The beginning of the names of the base model's tensors.</summary>
    public virtual string Prefix => "base_model.model.";

    /// <summary>The name of a site's tensor.</summary>
    public string KeyOf(Site site, string suffix) => Prefix + site.Path + suffix;

    /// <summary>Whether files of a <c>peft_type</c> are read.</summary>
    public virtual bool Reads(string? type) => type == Type;

    /// <summary>Sets the method's own keys.</summary>
    public abstract void Describe(JsonObject config, IReadOnlyList<Site> sites);

    /// <summary>Sets the method's own keys, which may depend on the model.</summary>
    public virtual void Describe(JsonObject config, PeftContent content) => Describe(config, content.Sites);

    /// <summary>A site's tensors in the file, by the part of their names after the layer's path.</summary>
    /// <param name="site">The site.</param>
    /// <param name="config">The config of the file that is read; null when writing.</param>
    public virtual IEnumerable<(string Suffix, Tensor Tensor)> Tensors(Site site, PeftConfig? config)
    {
        return site.Own.Specs.Zip(site.Own.All, (spec, parameter) => (spec.PeftSuffix, (Tensor)parameter));
    }

    /// <summary>What is wrong with a site's values in a file, one line each.</summary>
    public virtual IEnumerable<string> Faults(Site site, PeftConfig config, Func<string, Tensor> read) => [];

    /// <summary>Sets a site's values from a file whose tensors have the names and shapes of <see cref="Tensors"/>.</summary>
    public virtual void Load(Site site, PeftConfig config, Func<string, Tensor> read)
    {
        foreach (var (suffix, parameter) in Tensors(site, config))
            parameter.copy_(read(suffix));
    }

    /// <summary>The tensors that the adapter has in addition to those of its sites, by their whole names in the file.</summary>
    /// <param name="shared">The parameters.</param>
    /// <param name="config">The config of the file that is read; null when writing.</param>
    public virtual IEnumerable<(string Key, Tensor Tensor)> SharedTensors(ParameterSet shared, PeftConfig? config)
    {
        return shared.Specs.Zip(shared.All, (spec, parameter) => (SharedPrefix + spec.PeftSuffix, (Tensor)parameter));
    }

    /// <summary>Sets these values from a file whose tensors have the names and shapes of <see cref="SharedTensors"/>.</summary>
    public virtual void LoadShared(ParameterSet shared, PeftConfig config, Func<string, Tensor> read)
    {
        foreach (var (key, parameter) in SharedTensors(shared, config))
            parameter.copy_(read(key));
    }

    /// <summary>The contradictions between the config and the attributes, one line each.</summary>
    public abstract IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites);

    /// <summary>The contradictions between the config and the attributes or the model, one line each.</summary>
    public virtual IEnumerable<string> Contradictions(PeftConfig config, PeftContent content) => Contradictions(config, content.Sites);

    /// <summary>A difference between the config and the attributes that only matters for training, as a sentence without its end; null if none.</summary>
    public virtual string? Difference(PeftConfig config, IReadOnlyList<Site> sites) => null;

    /// <summary>Whether a tensor of a file may be left out, because the adapter computes the same without it.</summary>
    public virtual bool Ignores(string key) => false;

    /// <summary>
    /// Why a file may lack a tensor, and what to do then, as the end of a sentence; empty if there is nothing to say.
    /// </summary>
    public virtual string WhyMissing(string key)
    {
        // PEFT looks for <layer>.bias, but the trained bias is named <layer>.base_layer.bias.
        return key.EndsWith(".base_layer.bias", StringComparison.Ordinal)
            ? "; PEFT omits the biases that it trained with bias=\"lora_only\": add them to the file in Python, under these names"
            : string.Empty;
    }
}
