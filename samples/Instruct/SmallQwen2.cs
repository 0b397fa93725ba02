using System.CommandLine;
using System.Text.Json;
using Inference.Tokenizing;
using LoraGen;
using Models.Qwen2;
using static TorchSharp.torch;

namespace Instruct;

/// <summary>A small Qwen2 of random weights as Hugging Face lays it out, for a run without a downloaded checkpoint. Its tokens are bytes.</summary>
internal static class SmallQwen2
{
    private const string Config = """
        {
          "architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "vocab_size": 258, "hidden_size": 128, "intermediate_size": 256,
          "num_hidden_layers": 4, "num_attention_heads": 4, "num_key_value_heads": 2, "tie_word_embeddings": true, "eos_token_id": 257
        }
        """;

    private const string Template = """
        {% for m in messages %}<|im_start|>{{ m.role }}
        {{ m.content }}<|im_end|>
        {% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
        {% endif %}
        """;

    /// <summary>The command <c>small</c>.</summary>
    public static Command Command()
    {
        var output = new Option<string>("--output") { Required = true, Description = "The folder of the checkpoint." };
        var command = new Command("small", "Writes a small Qwen2 of random weights, to try the commands without a download.") { output };
        command.SetAction(parsed => Write(parsed.GetRequiredValue(output)));
        return command;
    }

    private static void Write(string folder)
    {
        var vocab = Enumerable.Range(0, 256).ToDictionary(value => ByteAlphabet.Write((byte)value));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), Config);
        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), JsonSerializer.Serialize(new { chat_template = Template }));
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), JsonSerializer.Serialize(new
        {
            added_tokens = new[] { Added(256, "<|im_start|>"), Added(257, "<|im_end|>") },
            pre_tokenizer = new { type = "ByteLevel", add_prefix_space = false, use_regex = true },
            decoder = new { type = "ByteLevel" },
            model = new { type = "BPE", vocab, merges = Array.Empty<string>() },
        }));
        random.manual_seed(1);
        using var noGrad = no_grad();
        using var model = new Qwen2ForCausalLM(Qwen2Config.Read(folder));
        model.state_dict()["model.embed_tokens.weight"].mul_(0.1); // The head is tied to it: with larger values the untrained model is certain of its tokens.
        model.SaveCheckpoint(folder, config: Config);
    }

    private static object Added(int id, string content) => new { id, content, normalized = false, special = true };
}
