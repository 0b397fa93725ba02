using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Merging;

/// <summary>Merge and Unmerge of one adapter.</summary>
public sealed class MergeTests
{
    public static TheoryData<int, long[]> Cases => new() { { 1, [6] }, { 2, [5, 6] }, { 3, [2, 3, 6] } };

    [Theory, MemberData(nameof(Cases))]
    public void Merged_output_is_the_unmerged_within_rounding(int seed, long[] shape)
    {
        using var model = Make.Model(() => new Perceptron(), seed);
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(seed, shape);
        var expected = model.forward(input);

        lora.Merge();
        Assert.True(lora.IsMerged);
        Expect.Close(expected, model.forward(input));
        Expect.Close(expected, model.call(input));

        lora.Unmerge();
        Assert.False(lora.IsMerged);
        Expect.SameBits(expected, model.forward(input));
    }

    [Fact]
    public void Merged_weight_is_the_base_weight_with_the_delta()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora());
        var up = Reference.Merged(lora.Up);
        var down = Reference.Merged(lora.Down);
        lora.Merge();

        Expect.SameBits(up, model.Up.weight);
        Expect.SameBits(down, model.Down.weight);
    }

    [Fact]
    public void Unmerging_leaves_the_original_bits()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora());
        var before = ModelState.BitsOf(model);

        for (var round = 0; round < 3; round++)
        {
            lora.Merge();
            Assert.NotEqual(before, ModelState.BitsOf(model));
            lora.Unmerge();
            Assert.Equal(before, ModelState.BitsOf(model));
        }
    }

    [Fact]
    public void What_is_trained_between_two_merges_counts()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora());
        lora.Merge();
        lora.Unmerge();
        Make.Trained(lora, seed: 99);
        var expected = Reference.Merged(lora.Up);
        lora.Merge();

        Expect.SameBits(expected, model.Up.weight);
    }

    [Fact]
    public void Merging_is_no_part_of_the_graph()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora());
        lora.Merge();

        Assert.All(model.parameters(), parameter => Assert.True(parameter.is_leaf && !parameter.requires_grad));
        Assert.False(model.forward(Make.Normal(3, 5, 6)).requires_grad);
    }

    [Fact]
    public void Merging_survives_a_dispose_scope()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora());
        var before = ModelState.BitsOf(model);
        using (NewDisposeScope())
            lora.Merge();
        using (NewDisposeScope())
            lora.Unmerge();

        Assert.Equal(before, ModelState.BitsOf(model));
    }

    [Fact]
    public void Dropout_plays_no_part()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachDroppedLora());
        model.train();
        var expected = Reference.Merged(lora.Up);
        lora.Merge();

        Expect.SameBits(expected, model.Up.weight);
        var input = Make.Normal(3, 5, 6);
        Expect.SameBits(model.forward(input), model.forward(input));
    }
}
