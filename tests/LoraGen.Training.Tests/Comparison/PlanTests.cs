using LoraGen.Training.Comparison;

namespace LoraGen.Training.Tests.Comparison;

/// <summary>Variants and what a plan refuses.</summary>
public sealed class PlanTests
{
    [Fact]
    public void A_sweep_is_a_variant_for_each_value()
    {
        var variants = new Variant("lora", [1e-3]) { Options = new Dictionary<string, string> { ["alpha"] = "16" } }.Sweep("rank", 8, 0.5, "all");

        Assert.Equal(["lora alpha=16 rank=8", "lora alpha=16 rank=0.5", "lora alpha=16 rank=all"], variants.Select(variant => variant.Name));
        Assert.All(variants, variant => Assert.Equal([1e-3], variant.LearningRates));
    }

    [Fact]
    public void A_run_has_what_it_depends_on()
    {
        var plan = new ComparisonPlan { Folder = "f", Variants = [], Settings = new Dictionary<string, string> { ["epochs"] = "3" } };
        var run = plan.Run(new Variant("lora", [])  { Options = new Dictionary<string, string> { ["rank"] = "8" } }, 5e-5, 2);

        Assert.Equal("lora rank=8, learning rate 5e-5, seed 2", run.Name);
        Assert.Equal("3", run.Setting("epochs"));
        Assert.Contains("It has: epochs.", Assert.Throws<KeyNotFoundException>(() => run.Setting("steps")).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Variant[], long[]> Refused => new()
    {
        { "There is no variant", [], [0] },
        { "There must be at least one seed", [new("lora", [1])], [] },
        { "There must be at least one seed", [new("lora", [1])], [1, 1] },
        { "Variant \"lora\" needs at least one learning rate", [new("lora", [])], [0] },
        { "Variant \"lora\" needs at least one learning rate", [new("lora", [0])], [0] },
        { "Variant \"lora\" needs at least one learning rate", [new("lora", [double.NaN])], [0] },
        { "Variant \"lora\" needs at least one learning rate", [new("lora", [1, 1])], [0] },
        { "Two variants have the same name or file name: lora, lora", [new("lora", [1]), new("lora", [2])], [0] },
        { "Two variants have the same name or file name: a/b, A:B", [new("a/b", [1]), new("A:B", [2])], [0] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_plan_is_checked(string reason, Variant[] variants, long[] seeds)
    {
        using var folder = new TemporaryFolder();
        var plan = new ComparisonPlan { Folder = folder.Path, Variants = variants, Seeds = seeds };

        var refused = await Assert.ThrowsAnyAsync<ArgumentException>(() => Compare.RunAsync(plan));

        Assert.StartsWith(reason, refused.Message, StringComparison.Ordinal);

        var negative = plan with { Variants = [new("lora", [1])], Seeds = [0], MaxAddedRates = -1 };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Compare.RunAsync(negative));
    }
}
