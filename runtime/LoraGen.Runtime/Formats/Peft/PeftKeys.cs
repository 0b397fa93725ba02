namespace LoraGen.Formats;

/// <summary>
/// The keys of PEFT's configs. A key that is not listed here may change what the adapter computes, so it is refused unless it has no value.
/// </summary>
internal static class PeftKeys
{
    /// <summary>The keys of all methods that LoraGen reads, or that don't affect what a saved adapter computes.</summary>
    private static readonly string[] Common =
    [
        "auto_mapping", "base_model_name_or_path", "bias", "exclude_modules", "inference_mode", "layers_pattern", "layers_to_transform", "modules_to_save",
        "peft_type", "peft_version", "revision", "target_modules", "task_type",
    ];

    // Keys that change what the adapter computes, by the feature that they belong to.
    private static readonly Dictionary<string, string> Features = new(StringComparer.Ordinal)
    {
        ["alora_invocation_tokens"] = "activated LoRA",
        ["arrow_config"] = "Arrow, the routing between adapters",
        ["kasa_config"] = "KaSA",
        ["layer_replication"] = "layers that are used several times",
        ["lora_bias"] = "a bias on B",
        ["megatron_config"] = "Megatron's parallel layers",
        ["monteclora_config"] = "MonteCLoRA",
        ["target_parameters"] = "adapters of parameters that belong to no layer",
        ["trainable_token_indices"] = "trained rows of an embedding",
        ["use_bdlora"] = "BD-LoRA",
        ["use_qalora"] = "QA-LoRA",
    };

    // Keys that only affect training.
    private static readonly Dictionary<string, string> Training = new(StringComparer.Ordinal)
    {
        ["velora_config"] = "VeLoRA, which compresses activations for the backward pass",
    };

    /// <summary>The keys of a config that LoraGen can't follow, one line each.</summary>
    /// <param name="config">The config that is read.</param>
    /// <param name="own">The further keys that the method reads or that can be ignored with it.</param>
    /// <param name="method">The method's name.</param>
    public static IEnumerable<string> Faults(PeftConfig config, IReadOnlyCollection<string> own, string method)
    {
        foreach (var key in config.Json.Select(entry => entry.Key).Where(key => config.Has(key) && !Common.Contains(key) && !own.Contains(key)))
        {
            var what = $"{key} is {PeftConfig.Shown(config.Json[key])}";
            if (Features.TryGetValue(key, out var feature))
            {
                yield return $"{what}: {feature}, which LoraGen's {method} does not have. It changes what the adapter computes and can't be ignored";
            }
            else if (Training.TryGetValue(key, out var training))
            {
                yield return $"{what}: {training}, which LoraGen's {method} does not have. It does not change the output: to ignore it, remove it from "
                    + PeftConfig.FileName;
            }
            else
            {
                yield return $"{what}, a key that LoraGen does not know for {method}. If it does not change what the adapter computes, remove it from "
                    + $"{PeftConfig.FileName} to ignore it";
            }
        }
    }
}
