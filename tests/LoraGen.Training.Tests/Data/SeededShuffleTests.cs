namespace LoraGen.Training.Tests.Data;

/// <summary>Orders depend on the seed and the epoch only.</summary>
public sealed class SeededShuffleTests
{
    /// <summary>The first numbers of SplitMix64 for the seed 1234567, as Rosetta Code's page on "Pseudo-random numbers/Splitmix64" lists them.</summary>
    [Fact]
    public void The_generator_is_SplitMix64()
    {
        var random = new SplitMix64(1234567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void An_order_holds_each_number_once_and_is_the_same_each_time()
    {
        var order = SeededShuffle.Order(1000, seed: 7, epoch: 3);

        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.Equal(order, SeededShuffle.Order(1000, seed: 7, epoch: 3));
        Assert.NotEqual(order, SeededShuffle.Order(1000, seed: 7, epoch: 4));
        Assert.NotEqual(order, SeededShuffle.Order(1000, seed: 8, epoch: 3));
    }

    /// <summary>Computed by a program in another language. A change of the algorithm would make a resumed training see other batches.</summary>
    [Fact]
    public void An_order_never_changes()
    {
        Assert.Equal(Expected, SeededShuffle.Order(10, seed: 42, epoch: 0));
    }

    [Fact]
    public void Each_place_is_equally_likely()
    {
        var counts = new int[4, 4];
        for (var seed = 0; seed < 4000; seed++)
        {
            var order = SeededShuffle.Order(4, seed);
            for (var place = 0; place < 4; place++)
                counts[place, order[place]]++;
        }

        // Chi-squared with 9 degrees of freedom is above 27.9 with probability 0.001; the seeds are fixed.
        Assert.InRange(counts.Cast<int>().Sum(count => (count - 1000.0) * (count - 1000) / 1000), 0, 27.9);
    }

    [Fact]
    public void A_stream_is_shuffled_within_its_buffer()
    {
        var shuffled = SeededShuffle.Stream(Enumerable.Range(0, 100), buffer: 10, seed: 1).ToList();

        Assert.Equal(Enumerable.Range(0, 100), shuffled.Order());
        Assert.NotEqual(Enumerable.Range(0, 100), shuffled);
        Assert.All(shuffled.Select((element, place) => element - place), distance => Assert.True(distance < 10));
        Assert.Equal(shuffled, SeededShuffle.Stream(Enumerable.Range(0, 100), buffer: 10, seed: 1));
        Assert.Equal(Enumerable.Range(0, 5), SeededShuffle.Stream(Enumerable.Range(0, 5), buffer: 1, seed: 1));
    }

    private static readonly int[] Expected = [2, 8, 9, 7, 1, 4, 6, 0, 5, 3];
}
