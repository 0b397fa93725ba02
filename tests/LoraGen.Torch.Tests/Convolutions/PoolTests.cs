using static TorchSharp.torch.nn.functional;

namespace LoraGen.Torch.Tests.Convolutions;

public sealed class PoolTests
{
    [Semantics("functional.max_pool2d")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Max_pooling_has_the_largest_of_each_window_without_the_padding(ScalarType type)
    {
        var tensor = (Numbers.Some(1, 2, 3, 6, 7).ToTensor(ScalarType.Float64) - 3).to(type);
        var x = Numbers.Of(tensor);
        var expected = Numbers.Of([2, 3, 3, 4], i => Numbers.Indices(3, 3)
            .Select(k => (Y: (2 * i[2]) + k[0] - 1, X: (2 * i[3]) + k[1] - 1))
            .Where(place => place is { Y: >= 0 and < 6, X: >= 0 and < 7 })
            .Max(place => x[i[0], i[1], place.Y, place.X]));

        ExpectNumbers.Same(expected, max_pool2d(tensor, 3, stride: 2, padding: 1));
    }

    [Semantics("functional.adaptive_avg_pool2d")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Adaptive_pooling_has_the_means_of_as_many_areas_as_asked_for(ScalarType type)
    {
        var tensor = Numbers.Some(1, 1, 2, 7, 7).ToTensor(type);
        var x = Numbers.Of(tensor);
        ExpectNumbers.Same(x, adaptive_avg_pool2d(tensor, 7));

        // Areas overlap where the sizes have no common divisor.
        var expected = Numbers.Of([1, 2, 3, 3], i =>
        {
            var area = Numbers.Indices(7, 7).Where(place => IsIn(place[0], i[2]) && IsIn(place[1], i[3])).ToArray();
            return area.Average(place => x[i[0], i[1], place[0], place[1]]);
        });
        ExpectNumbers.Close(expected, adaptive_avg_pool2d(tensor, 3));

        static bool IsIn(long place, long area) => place >= 7 * area / 3 && place < ((7 * (area + 1)) + 2) / 3;
    }

    [Fact]
    public void Gradients_of_max_pooling_are_right()
    {
        Gradient.IsRight(x => max_pool2d(x[0], 3, stride: 2, padding: 1), Numbers.Some(1, 1, 2, 4, 5));
    }
}
