using LoraGen;
using Models.Qwen2;
using static TorchSharp.torch;

namespace Qlora;

/// <summary>A folder with a small Qwen2 of random weights, for runs without a downloaded checkpoint.</summary>
internal static class SmallCheckpoint
{
    private const string Folder = "small-qwen2";

    private const string Config = """
        {
          "architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "vocab_size": 64, "hidden_size": 64, "intermediate_size": 128,
          "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "tie_word_embeddings": false
        }
        """;

    /// <summary>Writes it, and returns its path.</summary>
    public static string Write()
    {
        set_num_threads(1); // Matrices this small gain little from more threads, which are much slower on a busy machine.
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "config.json"), Config);
        random.manual_seed(1);
        using var model = new Qwen2ForCausalLM(Qwen2Config.Read(Folder));
        model.SaveCheckpoint(Folder, config: Config);
        return Folder;
    }
}
