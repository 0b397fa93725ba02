namespace LoraGen.Runtime.Tests.Counting;

/// <summary>Counts of models that are never made: numbers that PEFT printed, or that follow from the published sizes.</summary>
public sealed class WithoutWeightsTests
{
    [Fact]
    public void Qwen2_5_0_5B_is_PEFTs_line()
    {
        Assert.Equal(
            "trainable params: 737,280 || all params: 494,770,048 || trainable%: 0.1490",
            CausalModelLora.Count(CausalConfig.Qwen2_0_5B).ToString());
    }

    [Fact]
    public void Llama_3_2_3B_trains_as_many_parameters_as_the_ranks_require()
    {
        Assert.Equal(9_175_040, CausalModelR32Lora.Count(CausalConfig.Llama3_2_3B).Trainable);
        Assert.Equal(18_350_080, CausalModelR64Lora.Count(CausalConfig.Llama3_2_3B).Trainable);
        Assert.Equal(3_212_749_824, CausalModelR64Lora.Count(CausalConfig.Llama3_2_3B).Total - 18_350_080);
    }

    [Fact]
    public void The_table_has_each_site()
    {
        var count = CausalModelLora.Count(CausalConfig.Qwen2_0_5B);

        Assert.Equal(3 * 24, count.Sites.Count);
        Assert.Equal("model.layers.0.self_attn.q_proj: 14,336", count.Sites[0].ToString());
        Assert.Equal(new SiteCount("model.layers.23.self_attn.v_proj", 8 * (896 + 128)), count.Sites[^1]);
        Assert.Equal(count.Trainable, count.Sites.Sum(site => site.Trainable));
    }

    /// <summary>Its weights alone would take 280 GB.</summary>
    [Fact]
    public void Llama_3_70B_is_counted_to_the_published_number()
    {
        var config = new CausalConfig
        {
            Vocabulary = 128_256, Hidden = 8_192, Intermediate = 28_672, Layers = 80, Heads = 64, KeyValueHeads = 8, TieEmbeddings = false,
        };
        var count = CausalModelLora.Count(config);
        Assert.Equal(70_553_706_496, count.Total - count.Trainable); // meta-llama/Meta-Llama-3-70B
    }

    [Fact]
    public void A_size_that_no_model_can_have_is_refused()
    {
        Assert.ThrowsAny<Exception>(() => CausalModelLora.Count(new CausalConfig { Vocabulary = -1 }));
        Assert.ThrowsAny<Exception>(() => PerceptronLora.Count(long.MaxValue / 2, 3, 1));
    }
}
