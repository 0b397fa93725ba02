using System.Text.Json.Nodes;

namespace LoraGen;

/// <summary>Prefix tuning's keys in PEFT's <c>adapter_config.json</c>.</summary>
internal sealed class PrefixTuningPeft(PrefixTuningMethod method) : VirtualTokenPeft(method)
{
    public override string Type => "PREFIX_TUNING";

    protected override string InsteadOfEncoder => "load the folder into a [PrefixTuning] adapter without Projection, which reads and trains the prefix itself";

    // A file's own values of what only matters to training are not compared: without Projection any prefix can be trained further.
    protected override IReadOnlyList<(string Key, JsonNode? Value)> Options(long width)
    {
        return
        [
            ("prefix_projection", method.Projection),
            ("encoder_hidden_size", method.ProjectionSize == 0 ? width : method.ProjectionSize),
            ("init_weights", method.StartAtZero ? "zero" : null),
        ];
    }
}
