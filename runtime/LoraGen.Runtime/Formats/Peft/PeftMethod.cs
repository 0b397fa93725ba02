using System.Text.Json.Nodes;
using TorchSharp.Modules;

namespace LoraGen.Formats;

/// <summary>How the sites of one method stand in PEFT's files.</summary>
internal abstract class PeftMethod
{
    /// <summary>PEFT's <c>peft_type</c>.</summary>
    public abstract string Type { get; }

    /// <summary>What is saved of a site: the end of the tensor's name, after the site's path, and the parameter.</summary>
    public abstract IEnumerable<(string Suffix, Parameter Parameter)> Tensors(Site site);

    /// <summary>Sets the method's own keys.</summary>
    public abstract void Describe(JsonObject config, IReadOnlyList<Site> sites);

    /// <summary>Where the config says something else than the attributes, one line each.</summary>
    public abstract IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites);
}
