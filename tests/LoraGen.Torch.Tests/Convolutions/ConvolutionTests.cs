using static TorchSharp.torch.nn.functional;

namespace LoraGen.Torch.Tests.Convolutions;

public sealed class ConvolutionTests
{
    private static readonly Movement[] Movements =
    [
        new([1, 1, 1], [0, 0, 0], [1, 1, 1]),
        new([2, 1, 3], [1, 2, 0], [1, 2, 1]),
        new([1, 3, 2], [2, 0, 1], [2, 1, 2], Groups: 2),
    ];

    [Semantics("functional.conv1d", "functional.conv2d", "functional.conv3d")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Convolutions_move_by_stride_padding_dilation_and_groups(ScalarType type)
    {
        foreach (var all in Movements)
        {
            for (var dimensions = 1; dimensions <= 3; dimensions++)
            {
                var moved = Of(all, dimensions);
                var (x, w, b) = (Input(dimensions).ToTensor(type), Weight(dimensions, moved.Groups).ToTensor(type), Numbers.Some(3, 4).ToTensor(type));
                var bias = Numbers.Of(b);
                var product = moved.Convolve(Numbers.Of(x), Numbers.Of(w));
                ExpectNumbers.Close(product, Convolve(moved, x, w, null));
                ExpectNumbers.Close(Numbers.Of(product.Shape, i => product[i] + bias[i[1]]), Convolve(moved, x, w, b));
            }
        }
    }

    [Semantics("functional.conv1d_padding", "functional.conv2d_padding", "functional.conv3d_padding")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Same_pads_to_as_many_outputs_and_valid_pads_nothing(ScalarType type)
    {
        for (var dimensions = 1; dimensions <= 3; dimensions++)
        {
            var same = Of(new Movement([1, 1, 1], [0, 0, 0], [1, 2, 1]), dimensions);
            var valid = Of(new Movement([2, 1, 2], [0, 0, 0], [1, 2, 1]), dimensions);
            var (x, w) = (Input(dimensions).ToTensor(type), Weight(dimensions, 1).ToTensor(type));
            ExpectNumbers.Close(same.ConvolveSame(Numbers.Of(x), Numbers.Of(w)), Padded(same, x, w, Padding.Same));
            ExpectNumbers.Close(valid.Convolve(Numbers.Of(x), Numbers.Of(w)), Padded(valid, x, w, Padding.Valid));
        }
    }

    [Fact]
    public void Gradients_of_the_convolutions_are_right()
    {
        for (var dimensions = 1; dimensions <= 3; dimensions++)
        {
            var moved = Of(Movements[2], dimensions);
            Gradient.IsRight(x => Convolve(moved, x[0], x[1], x[2]), Input(dimensions, small: true), Weight(dimensions, 2), Numbers.Some(3, 4));
        }
    }

    private static Tensor Convolve(Movement moved, Tensor x, Tensor w, Tensor? bias)
    {
        return moved.Stride.Length switch
        {
            1 => conv1d(x, w, bias!, moved.Stride[0], moved.Padding[0], moved.Dilation[0], moved.Groups),
            2 => conv2d(x, w, bias!, moved.Stride, moved.Padding, moved.Dilation, moved.Groups),
            _ => conv3d(x, w, bias!, moved.Stride, moved.Padding, moved.Dilation, moved.Groups),
        };
    }

    private static Tensor Padded(Movement moved, Tensor x, Tensor w, Padding padding)
    {
        return moved.Stride.Length switch
        {
            1 => conv1d_padding(x, w, null!, moved.Stride[0], padding, moved.Dilation[0]),
            2 => conv2d_padding(x, w, null!, moved.Stride, padding, moved.Dilation),
            _ => conv3d_padding(x, w, null!, moved.Stride, padding, moved.Dilation),
        };
    }

    private static Movement Of(Movement all, int dimensions)
    {
        return all with { Stride = all.Stride[..dimensions], Padding = all.Padding[..dimensions], Dilation = all.Dilation[..dimensions] };
    }

    private static Numbers Input(int dimensions, bool small = false)
    {
        long[] sizes = small ? [5, 3, 3] : [7, 6, 5];
        return Numbers.Some(1, [2, 4, .. sizes[..dimensions]]);
    }

    // A kernel of even and odd sizes.
    private static Numbers Weight(int dimensions, long groups)
    {
        long[] sizes = [3, 2, 2];
        return Numbers.Some(2, [4, 4 / groups, .. sizes[..dimensions]]);
    }
}
