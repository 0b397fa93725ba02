using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class RandomTests
{
    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        manual_seed(42);
        using var first = randn(5);
        manual_seed(42);
        using var second = randn(5);
        Assert.True(first.Equals(second));
        Assert.False(first.Equals(randn(5)));
        Assert.Equal(42, initial_seed());
    }

    [Fact]
    public void The_numbers_of_seed_0_are_PyTorchs()
    {
        manual_seed(0);
        Numbers.Close([1.5410, -0.2934, -2.1788, 0.5684, -1.0845], randn(5), 5e-5);
    }

    [Fact]
    public void A_state_can_be_taken_and_set()
    {
        using var state = get_rng_state();
        using var first = rand(3);
        set_rng_state(state);
        Assert.True(first.Equals(rand(3)));
    }

    [Fact]
    public void A_generator_of_its_own_leaves_the_default_one_alone()
    {
        manual_seed(7);
        using var expected = rand(3);
        manual_seed(7);
        using Generator a = new(1), b = new(1);
        Assert.True(rand([3], generator: a).Equals(rand([3], generator: b)));
        Assert.True(randperm(9, generator: a).Equals(randperm(9, generator: b)));
        Assert.True(zeros(4).normal_(generator: a).Equals(zeros(4).normal_(generator: b)));
        Assert.True(expected.Equals(rand(3)));
        a.Dispose();
        Assert.Throws<InvalidOperationException>(() => rand([1], generator: a));
    }

    [Fact]
    public void Distributions_have_their_ranges()
    {
        using var uniform = zeros(1000).uniform_(2, 3);
        Assert.InRange(uniform.min().item<float>(), 2, 2.1);
        Assert.InRange(uniform.max().item<float>(), 2.9, 3);
        Assert.All(randint(3, 6, [100]).Longs(), value => Assert.InRange(value, 3, 5));
        Assert.InRange(zeros(10_000).normal_(5, 2).mean().item<float>(), 4.9, 5.1);
        Assert.InRange(zeros(10_000).bernoulli_(0.25).mean().item<float>(), 0.23, 0.27);
        using var weights = tensor(new float[] { 0, 1, 0 });
        Assert.All(weights.multinomial(20, replacement: true).Longs(), drawn => Assert.Equal(1, drawn));
    }
}
