using static TorchSharp.torch.nn.functional;

namespace LoraGen.Torch.Tests.Convolutions;

public sealed class PadTests
{
    [Semantics("functional.pad")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Pad_names_the_last_dimension_first(ScalarType type)
    {
        foreach (var mode in new[] { PaddingModes.Constant, PaddingModes.Reflect, PaddingModes.Replicate, PaddingModes.Circular })
        {
            Is(mode, Numbers.Some(1, 2, 2, 5), [1, 3], type);
            Is(mode, Numbers.Some(2, 2, 2, 4, 4), [1, 2, 3, 0], type);
            Is(mode, Numbers.Some(3, 1, 2, 3, 4, 5), [1, 3, 0, 2, 2, 1], type);
        }
    }

    [Fact]
    public void Gradients_of_padding_are_right()
    {
        foreach (var mode in new[] { PaddingModes.Constant, PaddingModes.Reflect, PaddingModes.Replicate, PaddingModes.Circular })
            Gradient.IsRight(x => pad(x[0], [1, 2, 2, 0], mode), Numbers.Some(1, 1, 2, 3, 3));
    }

    private static void Is(PaddingModes mode, Numbers input, long[] sides, ScalarType type)
    {
        var tensor = input.ToTensor(type);
        var exact = Numbers.Of(tensor);
        var first = input.Shape.Length - (sides.Length / 2);
        var shape = input.Shape.Select((size, d) => d < first ? size : size + Before(d) + After(d)).ToArray();
        var expected = Numbers.Of(shape, at =>
        {
            var place = at.Select((index, d) => d < first ? index : Source(index - Before(d), input.Shape[d], mode)).ToArray();
            return place.Contains(-1) ? 0 : exact[place];
        });
        ExpectNumbers.Same(expected, pad(tensor, sides, mode));

        long Before(int dimension) => sides[2 * (input.Shape.Length - 1 - dimension)];
        long After(int dimension) => sides[(2 * (input.Shape.Length - 1 - dimension)) + 1];
    }

    // Where an element of the padding comes from; -1 for nowhere.
    private static long Source(long index, long size, PaddingModes mode)
    {
        return mode switch
        {
            PaddingModes.Reflect => index < 0 ? -index : index >= size ? (2 * (size - 1)) - index : index,
            PaddingModes.Replicate => Math.Clamp(index, 0, size - 1),
            PaddingModes.Circular => (index + size) % size,
            _ => index < 0 || index >= size ? -1 : index,
        };
    }
}
