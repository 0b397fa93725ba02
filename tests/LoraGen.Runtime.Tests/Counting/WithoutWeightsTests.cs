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
    public void Llama_3_2_3B_trains_what_the_ranks_say()
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

    [Fact]
    public void No_weight_is_made()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = CausalModelEverythingLora.Count(CausalConfig.Llama3_2_3B);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void A_size_that_no_model_can_have_is_refused()
    {
        Assert.Throws<ArgumentException>(() => CausalModelLora.Count(new CausalConfig { Vocabulary = -1 }));
        Assert.Throws<OverflowException>(() => PerceptronLora.Count(long.MaxValue / 2, 3, 1));
    }
}
