using System.Text.Json.Nodes;
using LoraGen.Formats;

namespace LoraGen;

/// <summary>Prompt tuning's keys in PEFT's <c>adapter_config.json</c>.</summary>
internal sealed class PromptTuningPeft(PromptTuningMethod method) : VirtualTokenPeft(method)
{
    private const string PTuning = "P_TUNING";
    private const string Init = "prompt_tuning_init";

    private static readonly string[] TextKeys = ["prompt_tuning_init_text", "tokenizer_name_or_path", "tokenizer_kwargs"];

    public override string Type => "PROMPT_TUNING";

    protected override IReadOnlyList<string> Ignored { get; } = [Init, .. TextKeys];

    protected override IReadOnlyList<string> Foreign => PTuningPeft.Keys;

    // A P-tuning file has the virtual tokens that its network computed, which is all that inference needs.
    public override bool Reads(string? type) => type is PTuning || base.Reads(type);

    public override void Describe(JsonObject config, PeftContent content)
    {
        base.Describe(config, content);
        config[Init] ??= method.Init == PromptInit.Vocabulary ? "SAMPLE_VOCAB" : "RANDOM";
        foreach (var key in TextKeys)
            config[key] ??= null;
    }

    protected override IReadOnlyList<(string Key, JsonNode? Value)> Options(long width) => [];
}
