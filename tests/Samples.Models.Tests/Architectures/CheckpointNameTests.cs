using LoraGen;
using Models.Bert;
using Models.Llama;
using Models.Qwen2;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Architectures;

/// <summary>The names that Hugging Face's checkpoints have, written down from transformers' models: whoever renames a field breaks every checkpoint.</summary>
public sealed class CheckpointNameTests
{
    [Fact]
    public void Qwen2_has_them()
    {
        using var model = new Qwen2ForCausalLM(new Qwen2Config
        {
            VocabSize = 5, HiddenSize = 4, IntermediateSize = 6, NumHiddenLayers = 1, NumAttentionHeads = 2, NumKeyValueHeads = 1, HeadDim = 2,
        });
        string[] expected =
        [
            "model.embed_tokens.weight", "model.norm.weight", "lm_head.weight", .. Layer("q_proj", "k_proj", "v_proj"),
        ];
        Same(expected, model);
    }

    [Fact]
    public void Llama_has_them_and_a_tied_head_has_none()
    {
        using var model = new LlamaForCausalLM(new LlamaConfig
        {
            VocabSize = 5, HiddenSize = 4, IntermediateSize = 6, NumHiddenLayers = 1, NumAttentionHeads = 2, NumKeyValueHeads = 1, HeadDim = 2,
            TieWordEmbeddings = true,
        });
        Same(["model.embed_tokens.weight", "model.norm.weight", .. Layer()], model);
    }

    [Fact]
    public void Bert_has_them()
    {
        using var model = new BertForSequenceClassification(new BertConfig
        {
            VocabSize = 5, HiddenSize = 4, IntermediateSize = 6, NumHiddenLayers = 1, NumAttentionHeads = 2, MaxPositionEmbeddings = 7,
        });
        const string layer = "bert.encoder.layer.0.";
        string[] withBias =
        [
            "bert.embeddings.LayerNorm", $"{layer}attention.self.query", $"{layer}attention.self.key", $"{layer}attention.self.value",
            $"{layer}attention.output.dense", $"{layer}attention.output.LayerNorm", $"{layer}intermediate.dense", $"{layer}output.dense",
            $"{layer}output.LayerNorm", "bert.pooler.dense", "classifier",
        ];
        Same(
            [
                "bert.embeddings.word_embeddings.weight", "bert.embeddings.position_embeddings.weight", "bert.embeddings.token_type_embeddings.weight",
                .. withBias.SelectMany(name => (string[])[$"{name}.weight", $"{name}.bias"]),
            ],
            model);
    }

    /// <summary>What save_pretrained of this very model would write is loaded back, without a mapping.</summary>
    [Fact]
    public void A_checkpoint_of_a_tied_Llama_loads()
    {
        var config = new LlamaConfig
        {
            VocabSize = 5, HiddenSize = 4, IntermediateSize = 6, NumHiddenLayers = 2, NumAttentionHeads = 2, NumKeyValueHeads = 1, HeadDim = 2,
            TieWordEmbeddings = true,
        };
        using var folder = new TemporaryFolder();
        using var saved = Make.Model(() => new LlamaForCausalLM(config));
        using var loaded = Make.Model(() => new LlamaForCausalLM(config), seed: 2);
        SafetensorsWriter.Write(folder["model.safetensors"], saved.state_dict(), new Dictionary<string, string> { ["format"] = "pt" });
        var ids = Make.Batch([1, 2, 3]);
        Assert.NotEqual(0, (saved.call(ids, null, null, null) - loaded.call(ids, null, null, null)).abs().max().item<float>());

        loaded.LoadCheckpoint(folder.Path);
        Expect.Close(saved.call(ids, null, null, null), loaded.call(ids, null, null, null), 0);
    }

    private static IEnumerable<string> Layer(params string[] withBias)
    {
        const string layer = "model.layers.0.";
        string[] weights =
        [
            "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj", "input_layernorm",
            "post_attention_layernorm",
        ];
        return [.. weights.Select(name => $"{layer}{name}.weight"), .. withBias.Select(name => $"{layer}self_attn.{name}.bias")];
    }

    private static void Same(IEnumerable<string> expected, nn.Module model)
    {
        Assert.Equal(expected.Order(StringComparer.Ordinal), model.state_dict().Keys.Order(StringComparer.Ordinal));
    }
}
