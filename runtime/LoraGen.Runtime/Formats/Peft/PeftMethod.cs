using System.Text.Json.Nodes;

namespace LoraGen.Formats;

/// <summary>How the sites of one method stand in PEFT's files.</summary>
internal abstract class PeftMethod
{
    /// <summary>PEFT's <c>peft_type</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Sets the method's own keys.</summary>
    public abstract void Describe(JsonObject config, IReadOnlyList<Site> sites);

    /// <summary>Where the config says something else than the attributes, one line each.</summary>
    public abstract IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites);
}
