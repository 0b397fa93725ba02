using LoraGen;
using Models.Bert;
using Models.Llama;
using Models.Qwen2;

namespace Samples.Models.Tests.Architectures;

/// <summary>The counts that the compiler makes of the samples' constructors.</summary>
public sealed class CountTests
{
    [Fact]
    public void Qwen2_of_half_a_billion_is_counted_as_PEFT_counts_it()
    {
        var config = new Qwen2Config
        {
            VocabSize = 151936, HiddenSize = 896, IntermediateSize = 4864, NumHiddenLayers = 24, NumAttentionHeads = 14, NumKeyValueHeads = 2, HeadDim = 64,
            TieWordEmbeddings = true,
        };

        Assert.Equal("trainable params: 737,280 || all params: 494,770,048 || trainable%: 0.1490", Qwen2ForCausalLMLora.Count(config).ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Qwen2_is_counted_as_it_is_made(bool isTied)
    {
        var config = new Qwen2Config
        {
            VocabSize = 50, HiddenSize = 32, IntermediateSize = 48, NumHiddenLayers = 3, NumAttentionHeads = 4, NumKeyValueHeads = 2, HeadDim = 8,
            TieWordEmbeddings = isTied,
        };
        using var model = new Qwen2ForCausalLM(config);
        using var lora = model.AttachLora();
        Same(lora, Qwen2ForCausalLMLora.Count(config));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Llama_is_counted_as_it_is_made(bool isTied, bool hasBias)
    {
        var config = new LlamaConfig
        {
            VocabSize = 50, HiddenSize = 32, IntermediateSize = 48, NumHiddenLayers = 2, NumAttentionHeads = 4, NumKeyValueHeads = 2, HeadDim = 12,
            TieWordEmbeddings = isTied, AttentionBias = hasBias, MlpBias = hasBias,
        };
        using var model = new LlamaForCausalLM(config);
        using var lora = model.AttachLora();
        Same(lora, LlamaForCausalLMLora.Count(config));
    }

    [Fact]
    public void Bert_is_counted_as_it_is_made()
    {
        var config = new BertConfig
        {
            VocabSize = 50, HiddenSize = 32, IntermediateSize = 48, NumHiddenLayers = 2, NumAttentionHeads = 4, MaxPositionEmbeddings = 16, TypeVocabSize = 2,
            NumLabels = 3,
        };
        using var model = new BertForSequenceClassification(config);
        using var lora = model.AttachLora();
        Same(lora, BertForSequenceClassificationLora.Count(config));
    }

    private static void Same(Adapter lora, ParameterCount told)
    {
        Assert.Equal(lora.ParameterCount, told);
        Assert.Equal(lora.ParameterCount.Sites, told.Sites);
    }
}
