using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Layers;

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

    public override Tensor? Bias => convolution.bias;

    private long Groups => Facts.Groups;

    /// <summary>Outputs of a group.</summary>
    private long Width => Facts.Outputs / Facts.Groups;

    public override Tensor Apply(Tensor input, Tensor weight) => Convolve(input, weight, Groups);

    public override Tensor AlongOutput(Tensor vector) => vector.view([-1, .. Ones]);

    public override Tensor AlongInput(Tensor vector) => vector.view([-1, .. Ones]);

    public override Tensor AlongWeightOutput(Tensor vector) => vector.view([-1, 1, .. Ones]);

    // A group's outputs only depend on the group's inputs.
    public override Tensor AlongWeightInput(Tensor vector)
    {
        using var scope = NewDisposeScope();
        var within = vector.view(Groups, 1, Facts.Inputs / Groups).expand(Groups, Width, Facts.Inputs / Groups);
        return within.reshape([Facts.Outputs, Facts.Inputs / Groups, .. Ones]).MoveToOuterDisposeScope();
    }

    public override Tensor Rows(Tensor weight) => weight.flatten(1);

    // [batch, rank, …], or without the batch dimension, as the input.
    internal override Tensor Down(Tensor input, Tensor a) => Convolve(input, a, groups: 1);

    // One matrix product per group and input: B's [width, rank / groups] by [rank / groups, size].
    internal override Tensor AddUp(Tensor output, Tensor hidden, Tensor b)
    {
        using var scope = NewDisposeScope();
        var rank = b.shape[1];
        var size = output.shape[^Facts.Kernel.Count..].Aggregate(1L, (product, length) => product * length);
        var batch = output.ndim > Facts.Kernel.Count + 1 ? output.shape[0] : 1;
        var rows = hidden.reshape(batch * Groups, rank, size);
        var mixing = b.view(1, Groups, Width, rank).expand(batch, Groups, Width, rank).reshape(batch * Groups, Width, rank);
        var sum = mixing.bmm(rows).to(output.dtype).add_(output.reshape(batch * Groups, Width, size));
        return sum.view(output.shape).MoveToOuterDisposeScope();
    }

    // [batch · groups, rank / groups + 1, size], in which AddUp takes it too.
    internal override Tensor Extended(Tensor hidden, Scalar value)
    {
        using var scope = NewDisposeScope();
        var size = hidden.shape[^Facts.Kernel.Count..].Aggregate(1L, (product, length) => product * length);
        var batch = hidden.ndim > Facts.Kernel.Count + 1 ? hidden.shape[0] : 1;
        var rows = hidden.reshape(batch * Groups, hidden.shape[^(Facts.Kernel.Count + 1)] / Groups, size);
        return cat([rows, full(batch * Groups, 1L, size, value, dtype: hidden.dtype, device: hidden.device)], 1).MoveToOuterDisposeScope();
    }

    internal override Tensor Product(string path, Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();

        // [the output's group, its channels, the input's group, its channels and the kernel]
        var rank = b.shape[1];
        var product = b.view(Groups, Width, rank).matmul(a.view(Groups, rank, -1)).view(Groups, Width, Groups, -1);
        var within = product.diagonal(0, 0, 2);
        if (product.count_nonzero().item<long>() != within.count_nonzero().item<long>())
        {
            throw new InvalidOperationException(
                $"{path}: the {Facts.Name} has {Groups} groups, and A, as in PEFT, reads the channels of all of them for each: no weight with groups can "
                + "do that. Leave the adapter attached, or leave the layer out of the targets.");
        }

        long[] shape = [Facts.Outputs, Facts.Inputs / Groups, .. Facts.Kernel];
        return within.permute(2, 0, 1).reshape(shape).MoveToOuterDisposeScope();
    }

    internal override bool IsLike(BaseLayer other)
    {
        return other is ConvolutionLayer && (other.Facts.Kernel.Count, other.Facts.Groups) == (Facts.Kernel.Count, Facts.Groups);
    }

    private IEnumerable<long> Ones => Facts.Kernel.Select(_ => 1L);

    // The convolution of an input with another kernel, with the layer's stride, padding and dilation.
    private Tensor Convolve(Tensor input, Tensor kernel, long groups)
    {
        if (convolution.padding_mode == TorchSharp.PaddingModes.Zeros)
            return Convolve(input, kernel, convolution.padding, groups);

        using var padded = nn.functional.pad(input, Sides(convolution), convolution.padding_mode);
        return Convolve(padded, kernel, new long[convolution.kernel_size.Length], groups);
    }

    // Padding: zeros on both sides of each dimension; null for the layer's padding type.
    private Tensor Convolve(Tensor input, Tensor kernel, long[]? padding, long groups)
    {
        var (stride, dilation) = (convolution.stride, convolution.dilation);
        var type = convolution.padding_type.GetValueOrDefault();
        return (convolution, padding) switch
        {
            (Conv1d, null) => nn.functional.conv1d_padding(input, kernel, null, stride[0], type, dilation[0], groups),
            (Conv1d, _) => nn.functional.conv1d(input, kernel, null, stride[0], padding[0], dilation[0], groups),
            (Conv2d, null) => nn.functional.conv2d_padding(input, kernel, null, stride, type, dilation, groups),
            (Conv2d, _) => nn.functional.conv2d(input, kernel, null, stride, padding, dilation, groups),
            (_, null) => nn.functional.conv3d_padding(input, kernel, null, stride, type, dilation, groups),
            _ => nn.functional.conv3d(input, kernel, null, stride, padding, dilation, groups),
        };
    }

    // As TorchSharp computes them. With Same it does not reverse the dimensions: a kernel with different sizes is padded as if they were reversed.
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
