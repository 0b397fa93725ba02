using System.Text.Json.Nodes;
using LoraGen.Formats;

namespace LoraGen;

/// <summary>The keys of trainable tokens in PEFT's <c>adapter_config.json</c>.</summary>
internal sealed class TrainableTokensPeft : PeftMethod
{
    private const string Key = "token_indices";
    private const string Init = "init_weights";

    public static readonly TrainableTokensPeft Instance = new();

    public override string Type => "TRAINABLE_TOKENS";

    public override IReadOnlyList<string> Modules { get; } = ["base_layer", "token_adapter", "trainable_tokens_delta", "trainable_tokens_original"];

    public override bool HasLayers => false;

    public override void Describe(JsonObject config, IReadOnlyList<Site> sites)
    {
        config[Key] = new JsonArray([.. TokensOf(sites).Select(token => (JsonNode?)token)]);
        config[Init] ??= true;
        config.Remove("layers_to_transform");
        config.Remove("layers_pattern");
        foreach (var (key, value) in new[] { ("bias", "\"none\""), ("exclude_modules", "null"), ("modules_to_save", "null") })
        {
            if ((config[key]?.ToJsonString() ?? "null") == value)
                config.Remove(key);
        }
    }

    public override IEnumerable<string> Contradictions(PeftConfig config, IReadOnlyList<Site> sites)
    {
        foreach (var line in PeftKeys.Faults(config, [Key, Init], "trainable tokens"))
            yield return line;

        var ours = new JsonArray([.. TokensOf(sites).Select(token => (JsonNode?)token)]);
        if (!JsonNode.DeepEquals(config.Json[Key], ours))
            yield return $"{Key} is {PeftConfig.Shown(config.Json[Key])}, but Tokens is {PeftConfig.Shown(ours)}";
    }

    private static IReadOnlyList<int> TokensOf(IReadOnlyList<Site> sites) => ((TrainableTokensSite)sites[0]).Tokens;
}
