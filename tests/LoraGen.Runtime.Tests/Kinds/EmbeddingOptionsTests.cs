using LoraGen.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Kinds;

/// <summary>What an Embedding is seen to do, for each way in which TorchSharp makes one.</summary>
public sealed class EmbeddingOptionsTests
{
    private readonly ScalarType[] _types = [ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16];

    [Theory, InlineData(null), InlineData(0L), InlineData(3L), InlineData(-1L)]
    public void Padding_and_max_norm_are_seen_beside_every_other_option(long? padding)
    {
        var index = padding is { } given ? (given + 5) % 5 : (long?)null;
        foreach (var type in _types)
        {
            foreach (var (sparse, byFrequency) in new[] { (false, false), (true, false), (false, true) })
            {
                Is(new(index, false), nn.Embedding(5, 3, padding, scale_grad_by_freq: byFrequency, sparse: sparse, dtype: type));
                Is(new(index, true), nn.Embedding(5, 3, padding, max_norm: 2, scale_grad_by_freq: byFrequency, sparse: sparse, dtype: type));
                Is(new(index, true), nn.Embedding(5, 3, padding, max_norm: 1e6, norm_type: 1, scale_grad_by_freq: byFrequency, sparse: sparse, dtype: type));
            }
        }
    }

    [Fact]
    public void One_row_is_enough_to_see_them()
    {
        Is(new(null, false), nn.Embedding(1, 3));
        Is(new(0, false), nn.Embedding(1, 3, padding_idx: 0));
        Is(new(0, true), nn.Embedding(1, 3, padding_idx: 0, max_norm: 1));
    }

    private static void Is(EmbeddingOptions expected, Embedding made)
    {
        using var embedding = made.to(TestDevice.Device);
        var before = Expect.Bytes(embedding.weight!);
        Assert.Equal(expected, EmbeddingOptions.Of(embedding));
        Assert.Equal(before, Expect.Bytes(embedding.weight!));
        Assert.Null(embedding.weight!.grad);
    }
}
