using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

/// <summary>A convolution over one, two or three dimensions; its weight is [out_channels, in_channels / groups, kernel…].</summary>
internal sealed class ConvolutionLayer(Convolution convolution) : BaseLayer(convolution)
{
    public override LayerFacts Facts { get; } = new(
        LayerKind.Convolution,
        $"Conv{convolution.kernel_size.Length}d",
        convolution.in_channels,
        convolution.out_channels,
        convolution.kernel_size,
        convolution.groups);

    public override Tensor? Weight => convolution.weight;

    public override bool IsLike(BaseLayer other)
    {
        return other is ConvolutionLayer && (other.Facts.Kernel.Count, other.Facts.Groups) == (Facts.Kernel.Count, Facts.Groups);
    }

    /// <summary>The convolution of an input with a kernel [any, in_channels, kernel…], without groups, that moves as the called layer's own does.</summary>
    public static Tensor Convolve(nn.Module module, Tensor input, Tensor kernel)
    {
        var moved = (Convolution)module;
        if (moved.padding_mode == TorchSharp.PaddingModes.Zeros)
            return Convolve(moved, input, kernel, moved.padding);

        using var padded = nn.functional.pad(input, Sides(moved), moved.padding_mode);
        return Convolve(moved, padded, kernel, new long[moved.kernel_size.Length]);
    }

    // Padding: zeros at both sides of each dimension; null for what the layer's padding type says.
    private static Tensor Convolve(Convolution moved, Tensor input, Tensor kernel, long[]? padding)
    {
        var (stride, dilation) = (moved.stride, moved.dilation);
        var type = moved.padding_type.GetValueOrDefault();
        return (moved, padding) switch
        {
            (Conv1d, null) => nn.functional.conv1d_padding(input, kernel, null, stride[0], type, dilation[0]),
            (Conv1d, _) => nn.functional.conv1d(input, kernel, null, stride[0], padding[0], dilation[0]),
            (Conv2d, null) => nn.functional.conv2d_padding(input, kernel, null, stride, type, dilation),
            (Conv2d, _) => nn.functional.conv2d(input, kernel, null, stride, padding, dilation),
            (_, null) => nn.functional.conv3d_padding(input, kernel, null, stride, type, dilation),
            _ => nn.functional.conv3d(input, kernel, null, stride, padding, dilation),
        };
    }

    // As TorchSharp reckons them. With Same it does not turn the dimensions round: a kernel of different sizes is padded as if it lay the other way.
    private static long[] Sides(Convolution moved)
    {
        if (moved.padding is { } padding)
            return [.. Enumerable.Reverse(padding).SelectMany(size => new[] { size, size })];

        return [.. moved.kernel_size.Zip(moved.dilation).SelectMany(dimension => Around(moved, dimension.Second * (dimension.First - 1)))];
    }

    private static long[] Around(Convolution moved, long total)
    {
        return moved.padding_type == TorchSharp.Padding.Same ? [total / 2, total - (total / 2)] : [0, 0];
    }
}
