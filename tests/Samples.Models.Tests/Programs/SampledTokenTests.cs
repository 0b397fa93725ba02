using Inference.Generation;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Programs;

/// <summary>Draws against the probabilities that they are to have.</summary>
public sealed class SampledTokenTests
{
    private static readonly double[] Probabilities = [0.05, 0.5, 0.15, 0.3];

    [Theory]
    [InlineData(1.0, 1.0, new[] { 0.05, 0.5, 0.15, 0.3 })]
    [InlineData(1.0, 0.7, new[] { 0, 0.625, 0, 0.375 })] // 0.5 is too little, 0.5 + 0.3 is enough.
    [InlineData(1.0, 0.5, new[] { 0, 1.0, 0, 0 })]
    [InlineData(0.5, 1.0, new[] { 0.0068, 0.6849, 0.0616, 0.2466 })] // The squares, made to sum up to 1.
    public void Tokens_come_as_often_as_they_should(double temperature, double topP, double[] expected)
    {
        const int draws = 4000;
        var counts = new int[expected.Length];
        var choice = new SampledToken(temperature, topP, new Generator(5));
        using var logits = tensor(Probabilities).log();
        for (var i = 0; i < draws; i++)
            counts[choice.Choose(logits)]++;

        // Four standard deviations.
        Assert.All(expected.Zip(counts), pair => Assert.Equal(pair.First, pair.Second / (double)draws, 4 * Math.Sqrt(pair.First * (1 - pair.First) / draws)));
    }

    [Fact]
    public void The_same_seed_draws_the_same()
    {
        using var logits = tensor(Probabilities).log();
        long[] Draw(ulong seed)
        {
            var choice = new SampledToken(1, 1, new Generator(seed));
            return [.. Enumerable.Range(0, 50).Select(_ => choice.Choose(logits))];
        }

        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }
}
