using System.Text.Json.Nodes;
using LoraGen.Formats;

namespace LoraGen;

/// <summary>LayerNorm tuning's keys in PEFT's <c>adapter_config.json</c>: only the common ones.</summary>
internal sealed class LayerNormTuningPeft : PeftMethod
{
    public static readonly LayerNormTuningPeft Instance = new();

    public override string Type => "LN_TUNING";

    public override IReadOnlyList<string> Modules { get; } = ["base_layer", "ln_tuning_layers"];

    public override bool HasLayers => false;

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        config.Remove("bias");
        config.Remove("layers_to_transform");
        config.Remove("layers_pattern");
    }

    public override IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites) => PeftKeys.Faults(config, [], "LayerNorm tuning");
}
