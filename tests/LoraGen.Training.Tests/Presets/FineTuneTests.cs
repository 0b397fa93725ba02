namespace LoraGen.Training.Tests.Presets;

/// <summary>Presets and recommendations.</summary>
public sealed class FineTuneTests
{
    private static readonly MemoryEstimate Estimate = NetLora.EstimateMemory(() => new Net(), batch: 1, tokens: 4);

    [Theory]
    [InlineData(FineTuneTask.Classification, ModelSize.Base, "[Lora(Rank = 8, Alpha = 16, Dropout = 0.05, Targets = [\"q_proj\", \"v_proj\"])]")]
    [InlineData(FineTuneTask.Classification, ModelSize.Large, "[Lora(Rank = 16, Alpha = 32, Dropout = 0.05, Targets = [\"q_proj\", \"v_proj\"])]")]
    [InlineData(FineTuneTask.QuestionAnswering, ModelSize.Base, "[Lora(Rank = 16, Alpha = 32, Dropout = 0.05, Targets = [\"q_proj\", \"v_proj\"])]")]
    [InlineData(FineTuneTask.Generation, ModelSize.Base, "[Lora(Rank = 16, Alpha = 32, Dropout = 0.05, Targets = [\"q_proj\", \"k_proj\", \"v_proj\"])]")]
    public void A_preset_prints_its_attribute(FineTuneTask task, ModelSize size, string attribute)
    {
        var preset = FineTune.Preset(task, size);
        Assert.Equal(attribute, preset.Attribute);
        Assert.StartsWith($"{attribute}, learning rate 0.0002, 3 epochs, CosineRate", preset.ToString(), StringComparison.Ordinal);
        Assert.Contains("Targets = [\"query\"]", (preset with { Targets = ["query"] }).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000, Deployment.OneModel, FineTuneMethod.Full, TrainingMode.Full32)]
    [InlineData(100_000, Deployment.SeveralAdapters, FineTuneMethod.Lora, TrainingMode.Lora32)]
    [InlineData(5_000, Deployment.OneModel, FineTuneMethod.Lora, TrainingMode.Lora32)]
    [InlineData(100, Deployment.OneModel, FineTuneMethod.Smaller, TrainingMode.Lora32)]
    public void With_enough_memory_rows_and_use_decide(long rows, Deployment deployment, FineTuneMethod method, TrainingMode mode)
    {
        var advice = FineTune.Recommend(Estimate, long.MaxValue, rows, deployment);
        Assert.Equal((method, mode, true), (advice.Method, advice.Mode, advice.Fits));
        Assert.All(advice.Reasons, reason => Assert.EndsWith(".", reason, StringComparison.Ordinal));
    }

    [Fact]
    public void The_widest_type_that_fits_is_chosen()
    {
        TrainingMode[] modes = [TrainingMode.Lora32, TrainingMode.Lora16, TrainingMode.Lora8, TrainingMode.Lora4, TrainingMode.Lora2];
        foreach (var memory in modes.Select(mode => (long)(Estimate[mode].Peak * 1.11) + 1))
        {
            var advice = FineTune.Recommend(Estimate, memory, 5_000);
            Assert.Equal(modes.First(mode => Estimate[mode].Peak * 1.1 <= memory), advice.Mode);
            Assert.Equal(advice.Mode >= TrainingMode.Lora8 ? FineTuneMethod.Qlora : FineTuneMethod.Lora, advice.Method);
        }
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        var advice = FineTune.Recommend(Estimate, 1, 100_000);
        Assert.Equal((FineTuneMethod.Qlora, TrainingMode.Lora4, false), (advice.Method, advice.Mode, advice.Fits));
        Assert.Contains("which is too little. Use gradient checkpointing", advice.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FineTune.Preset((FineTuneTask)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => FineTune.Preset(FineTuneTask.Generation, (ModelSize)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => FineTune.Recommend(Estimate, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => FineTune.Recommend(Estimate, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => FineTune.Recommend(Estimate, 1, 1, (Deployment)9));
    }
}
