using LoraGen.Training.Cleaning;

namespace LoraGen.Training.Tests.Data.Cleaning;

/// <summary>Parts have nothing in common and don't change.</summary>
public sealed class DataSplitTests
{
    private static readonly string[] Items = [.. Enumerable.Range(0, 5000).Select(index => $"item {index}")];

    [Fact]
    public void A_split_by_hash_has_the_shares_and_each_item_once()
    {
        var split = DataSplit.ByHash(Items, item => item, validation: 0.1, test: 0.2);

        Assert.Equal(Items.Order(), split.Train.Concat(split.Validation).Concat(split.Test).Order());
        // Five standard deviations of a binomial number.
        Assert.InRange(split.Validation.Count, 500 - 106, 500 + 106);
        Assert.InRange(split.Test.Count, 1000 - 142, 1000 + 142);
    }

    [Fact]
    public void An_item_stays_in_its_part_whatever_else_there_is()
    {
        var all = DataSplit.ByHash(Items, item => item, 0.1, 0.2);
        var some = DataSplit.ByHash(Items.Where((_, index) => index % 3 == 0).Reverse(), item => item, 0.1, 0.2);

        Assert.Subset(all.Validation.ToHashSet(), some.Validation.ToHashSet());
        Assert.Subset(all.Test.ToHashSet(), some.Test.ToHashSet());
        Assert.Subset(all.Train.ToHashSet(), some.Train.ToHashSet());
        Assert.NotEqual(all.Test, DataSplit.ByHash(Items, item => item, 0.1, 0.2, seed: 1).Test);
    }

    [Fact]
    public void Items_with_one_key_are_in_one_part()
    {
        var split = DataSplit.ByHash(Items, item => item[^1..], 0.3, 0.3);

        IReadOnlyList<string>[] parts = [split.Train, split.Validation, split.Test];
        Assert.All(Items.GroupBy(item => item[^1]), group => Assert.Single(parts, part => part.Intersect(group).Any()));
        Assert.True(split.Train.Count > 0 && split.Validation.Count > 0 && split.Test.Count > 0);
    }

    [Fact]
    public void A_split_by_size_has_exactly_the_shares()
    {
        var split = DataSplit.BySize(Items, 0.1, 0.25, seed: 3);

        Assert.Equal((3250, 500, 1250), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal(Items.Order(), split.Train.Concat(split.Validation).Concat(split.Test).Order());
        Assert.Equal(split.Test, Items.Where(split.Test.Contains));
        Assert.Equal(split.Test, DataSplit.BySize(Items, 0.1, 0.25, seed: 3).Test);
        Assert.NotEqual(split.Test, DataSplit.BySize(Items, 0.1, 0.25, seed: 4).Test);
    }

    [Theory]
    [InlineData(-0.1, 0)]
    [InlineData(0.5, 0.5)]
    [InlineData(double.NaN, 0)]
    public void Shares_out_of_range_are_refused(double validation, double test)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSplit.BySize(Items, validation, test));
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSplit.ByHash(Items, item => item, validation, test));
    }
}
