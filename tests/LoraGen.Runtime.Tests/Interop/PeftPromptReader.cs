using System.Text.Json.Nodes;

namespace LoraGen.Runtime.Tests.Interop;

/// <summary>
/// PEFT's strict reading of a folder of virtual tokens, for inference: which keys its classes of configs have, the one tensor that it loads, the tensors that
/// it would load into the model by mistake, and those of modules_to_save.
/// </summary>
internal static class PeftPromptReader
{
    private static readonly string[] Common =
    [
        "auto_mapping", "base_model_name_or_path", "inference_mode", "modules_to_save", "num_attention_heads", "num_layers", "num_transformer_submodules",
        "num_virtual_tokens", "peft_type", "peft_version", "revision", "task_type", "token_dim",
    ];

    private static readonly Dictionary<string, string[]> Own = new()
    {
        ["PROMPT_TUNING"] = ["prompt_tuning_init", "prompt_tuning_init_text", "tokenizer_name_or_path", "tokenizer_kwargs"],
        ["P_TUNING"] = ["encoder_reparameterization_type", "encoder_hidden_size", "encoder_num_layers", "encoder_dropout"],
        ["PREFIX_TUNING"] = ["encoder_hidden_size", "prefix_projection", "init_weights"],
    };

    /// <summary>The errors and what PEFT would silently leave out or misread.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<BaseModule> modules, string folder)
    {
        var config = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "adapter_config.json")))!;
        var files = new PeftFiles(folder);
        var type = files.Text("peft_type")!;
        foreach (var (key, _) in config.Where(entry => !Common.Contains(entry.Key) && !Own[type].Contains(entry.Key)))
            yield return $"TypeError: {type} got an unexpected keyword argument {key}";
        if (files.Flag("inference_mode") is false)
            yield return "the encoder would be created for training";

        var (width, heads) = ((long)files.Number("token_dim", 0), (long)files.Number("num_attention_heads", 1));
        var columns = type == "PREFIX_TUNING" ? 2 * (long)files.Number("num_layers", 0) * width : width;
        long[] expected = [(long)(files.Number("num_virtual_tokens", 0) * files.Number("num_transformer_submodules", 1)), columns];
        if (!files.Shapes.TryGetValue("prompt_embeddings", out var shape))
            yield return "KeyError: prompt_embeddings";
        else if (!shape.SequenceEqual(expected))
            yield return $"size mismatch for prompt_embeddings: [{string.Join(", ", shape)}], expected [{string.Join(", ", expected)}]";
        if (type == "PREFIX_TUNING" && width % heads != 0)
            yield return "token_dim is not divisible by num_attention_heads";

        // PeftModel is the model under "base_model", with the encoder's table under prompt_encoder.<adapter>; other names are ignored.
        var state = modules.SelectMany(module => module.Shapes.Keys.Select(name => module.Path.Length == 0 ? name : $"{module.Path}.{name}")).ToHashSet();
        var held = files.Names("modules_to_save") ?? [];
        bool IsHeld(string name) => held.Any(path => $".{name}".Contains($".{path}.", StringComparison.Ordinal));
        foreach (var name in state.Where(IsHeld).Where(name => !files.Shapes.ContainsKey($"base_model.{name}")))
            yield return $"missing key base_model.{name}";
        foreach (var key in files.Shapes.Keys.Where(key => key != "prompt_embeddings"))
        {
            var name = key.StartsWith("base_model.", StringComparison.Ordinal) ? key["base_model.".Length..] : null;
            if (key.StartsWith("prompt_encoder.default.", StringComparison.Ordinal) || (name is not null && !IsHeld(name)))
                yield return $"{key} would be loaded into the model, or is lost";
            else if (name is not null && !state.Contains(name))
                yield return $"unexpected key {key}";
        }
    }
}
