using Models.Bert;
using Models.Configs;
using Models.Llama;
using Models.Qwen2;

namespace Samples.Models.Tests.Architectures;

public sealed class ConfigTests
{
    // The sizes of Qwen2.5-0.5B, as its config.json has them.
    private const string Qwen25 = """
        {
          "architectures": ["Qwen2ForCausalLM"], "attention_dropout": 0.0, "bos_token_id": 151643, "eos_token_id": 151643, "hidden_act": "silu",
          "hidden_size": 896, "initializer_range": 0.02, "intermediate_size": 4864, "max_position_embeddings": 32768, "max_window_layers": 24,
          "model_type": "qwen2", "num_attention_heads": 14, "num_hidden_layers": 24, "num_key_value_heads": 2, "rms_norm_eps": 1e-06, "rope_theta": 1000000.0,
          "sliding_window": 32768, "tie_word_embeddings": true, "torch_dtype": "bfloat16", "use_sliding_window": false, "vocab_size": 151936
        }
        """;

    private const string Llama = """
        "vocab_size": 100, "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2
        """;

    [Fact]
    public void Qwen2_is_read()
    {
        var expected = new Qwen2Config
        {
            VocabSize = 151936, HiddenSize = 896, IntermediateSize = 4864, NumHiddenLayers = 24, NumAttentionHeads = 14, NumKeyValueHeads = 2, HeadDim = 64,
            RmsNormEps = 1e-6, RopeTheta = 1e6, TieWordEmbeddings = true,
        };
        Assert.Equal(expected, Qwen2Config.Read(File(Qwen25)));
    }

    [Fact]
    public void Llama_with_a_head_size_of_its_own_and_scaled_positions_is_read()
    {
        var config = LlamaConfig.Read(File($$"""
            {
              {{Llama}}, "head_dim": 24, "attention_bias": true, "rope_theta": 500000.0,
              "rope_scaling": {
                "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192, "rope_type": "llama3" }
            }
            """));
        var expected = new LlamaConfig
        {
            VocabSize = 100, HiddenSize = 64, IntermediateSize = 96, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 2, HeadDim = 24,
            AttentionBias = true, RopeTheta = 500000, RopeScaling = new Llama3RopeScaling(8, 1, 4, 8192),
        };
        Assert.Equal(expected, config);
    }

    /// <summary>Transformers 5 writes <c>rope_parameters</c>, with theta in it; older ones may write <c>type</c> and null.</summary>
    [Theory]
    [InlineData("""{ KEYS, "rope_parameters": { "rope_type": "linear", "factor": 2.0, "rope_theta": 77.0 } }""", 77, 2)]
    [InlineData("""{ KEYS, "rope_scaling": { "type": "linear", "factor": 2.0 }, "rope_theta": 77.0 }""", 77, 2)]
    [InlineData("""{ KEYS, "rope_parameters": { "rope_type": "default", "rope_theta": 77.0 } }""", 77, null)]
    [InlineData("""{ KEYS, "rope_scaling": null }""", 10000, null)]
    public void Positions_are_read_from_where_each_version_writes_them(string json, double theta, int? factor)
    {
        var config = LlamaConfig.Read(File(json.Replace("KEYS", Llama, StringComparison.Ordinal)));
        Assert.Equal(theta, config.RopeTheta);
        Assert.Equal(factor is { } number ? new LinearRopeScaling(number) : null, config.RopeScaling);
        Assert.Equal(16, config.HeadDim);
    }

    [Fact]
    public void Classes_are_counted()
    {
        const string sizes = """
            "vocab_size": 100, "hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 4, "max_position_embeddings": 32
            """;
        Assert.Equal(3, BertConfig.Read(File($$"""{ {{sizes}}, "id2label": { "0": "no", "1": "maybe", "2": "yes" } }""")).NumLabels);
        Assert.Equal(2, BertConfig.Read(File($$"""{ {{sizes}} }""")).NumLabels);
    }

    [Theory]
    [InlineData("""{ KEYS, "rope_scaling": { "rope_type": "yarn" } }""", "rope_type is \"yarn\"; this sample's model knows default, linear, llama3.")]
    [InlineData("""{ KEYS, "hidden_act": "gelu" }""", "hidden_act is \"gelu\"; this sample's model knows silu.")]
    public void What_the_model_does_not_compute_is_refused(string json, string expected)
    {
        var error = Assert.Throws<NotSupportedException>(() => LlamaConfig.Read(File(json.Replace("KEYS", Llama, StringComparison.Ordinal))));
        Assert.EndsWith(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sliding_window_is_refused()
    {
        var json = Qwen25.Replace("\"use_sliding_window\": false", "\"use_sliding_window\": true", StringComparison.Ordinal);
        var error = Assert.Throws<NotSupportedException>(() => Qwen2Config.Read(File(json)));
        Assert.Contains("use_sliding_window is \"true\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "expected a JSON object")]
    [InlineData("""{ "hidden_size": 8 }""", "num_attention_heads is missing, expected a number")]
    [InlineData("""{ "num_attention_heads": "four" }""", "num_attention_heads is \"four\", expected a whole number")]
    [InlineData("""{ "num_attention_heads": 1.5 }""", "num_attention_heads is 1.5, expected a whole number")]
    public void A_broken_file_is_refused(string json, string expected)
    {
        var error = Assert.Throws<InvalidDataException>(() => Qwen2Config.Read(File(json)));
        Assert.Contains("config.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static ConfigFile File(string json)
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", json);
        return ConfigFile.Read(folder.Path);
    }
}
