using Models.Configs;
using Models.Layers;
using Samples.Models.Tests.Reference;

namespace Samples.Models.Tests.Architectures;

public sealed class RotaryEmbeddingTests
{
    // Llama 3.1 8B's head, theta and rope_scaling.
    private static readonly Llama3RopeScaling Llama31 = new(Factor: 8, LowFrequencyFactor: 1, HighFrequencyFactor: 4, OriginalContext: 8192);

    [Theory]
    [InlineData(8, 10000), InlineData(64, 1e6), InlineData(128, 500000), InlineData(24, 50)]
    public void Frequencies_are_those_of_transformers(int headSize, double theta)
    {
        Same(PlainRope.Default(headSize, theta), new RotaryEmbedding(headSize, theta, null));
        Same(PlainRope.Linear(headSize, theta, 4), new RotaryEmbedding(headSize, theta, new LinearRopeScaling(4)));
        Same(PlainRope.Llama3(headSize, theta, 8, 1, 4, 8192), new RotaryEmbedding(headSize, theta, Llama31));
        Same(PlainRope.Llama3(headSize, theta, 32, 1, 4, 20), new RotaryEmbedding(headSize, theta, new Llama3RopeScaling(32, 1, 4, 20)));
    }

    /// <summary>Worked out from the formula with forty digits: unscaled, the ends of the blend and within it, and divided by 8.</summary>
    [Theory]
    [InlineData(0, 1), InlineData(1, 0.814617233857)]
    [InlineData(28, 0.00321144599475), InlineData(29, 0.0021665707635)]
    [InlineData(32, 0.000524846160993), InlineData(34, 0.000178507812768)]
    [InlineData(35, 9.55621235396e-05), InlineData(63, 3.06892598891e-07)]
    public void Frequencies_of_Llama_3_1_are(int pair, double expected)
    {
        Assert.Equal(expected, new RotaryEmbedding(128, 500000, Llama31).Frequencies[pair], expected * 1e-6);
    }

    [Fact]
    public void A_turn_keeps_lengths_and_depends_on_the_distance_alone()
    {
        var rotary = new RotaryEmbedding(16, 10000, null);
        var (query, key) = (TorchSharp.torch.randn(1, 1, 1, 16), TorchSharp.torch.randn(1, 1, 1, 16));

        double Score(long at, long other) => (Turn(query, at) * Turn(key, other)).sum().item<float>();
        TorchSharp.torch.Tensor Turn(TorchSharp.torch.Tensor x, long at)
        {
            return rotary.At(TorchSharp.torch.tensor(new[] { at }).unsqueeze(0), TorchSharp.torch.ScalarType.Float32).Turn(x);
        }

        Assert.Equal(Score(0, 3), Score(40, 43), 1e-4);
        Assert.NotEqual(Score(0, 3), Score(0, 4), 1e-3);
        Assert.Equal(query.norm().item<float>(), Turn(query, 29).norm().item<float>(), 1e-4);
    }

    private static void Same(double[] expected, RotaryEmbedding actual)
    {
        Assert.Equal(expected.Length, actual.Frequencies.Count);
        Assert.All(expected.Zip(actual.Frequencies), pair => Assert.Equal(pair.First, pair.Second, pair.First * 1e-6));
    }
}
