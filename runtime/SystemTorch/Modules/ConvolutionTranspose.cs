namespace TorchSharp.Modules;

/// <summary>What the transposed convolutions share.</summary>
public abstract class ConvolutionTranspose : Convolution
{
    protected ConvolutionTranspose(
        string name,
        long in_channels,
        long out_channels,
        long[] kernel_size,
        long[] stride,
        long[]? padding,
        Padding? padding_type,
        long[] dilation,
        bool transposed,
        long[] output_padding,
        long groups,
        bool bias,
        PaddingModes padding_mode,
        torch.Device? device = null,
        torch.ScalarType? dtype = null)
        : base(
            name,
            in_channels,
            out_channels,
            kernel_size,
            stride,
            padding,
            padding_type,
            dilation,
            transposed,
            output_padding,
            groups,
            bias,
            padding_mode,
            device,
            dtype)
    {
    }

    public override torch.Tensor forward(torch.Tensor input) => forward(input, null);

    public abstract torch.Tensor forward(torch.Tensor input, long[]? output_size);

    /// <summary>The padding of the output that gives it the size asked for; as in TorchSharp the first dimension's where none is.</summary>
    protected long[] _output_padding(
        torch.Tensor input, long[]? output_size, long[] kernel_size, long[] stride, long[] padding, long[] dilation, long num_spatial_dims)
    {
        if (output_size is null)
            return [output_padding[0]];

        var dimensions = (int)num_spatial_dims;
        var leading = input.ndim == dimensions + 2 ? 2 : 1;
        if (output_size.Length == leading + dimensions)
            output_size = output_size[leading..];
        if (output_size.Length != dimensions)
        {
            throw new ArgumentException(
                $"ConvTranspose{dimensions}D: for {input.ndim}D input, output_size must have {dimensions} or {leading + dimensions} elements"
                + $" (got {output_size.Length})",
                nameof(input));
        }

        var smallest = Enumerable.Range(0, dimensions)
            .Select(i => (input.shape[i + leading] - 1) * stride[i] - 2 * padding[i] + dilation[i] * (kernel_size[i] - 1) + 1).ToArray();
        for (var i = 0; i < dimensions; i++)
        {
            if (output_size[i] < smallest[i] || output_size[i] > smallest[i] + stride[i] - 1)
            {
                throw new ArgumentException(
                    $"Requested an output size of {output_size}, but valid sizes range from {smallest[i]} to {smallest[i] + stride[i] - 1}");
            }
        }

        return [.. output_size.Zip(smallest, (size, least) => size - least)];
    }
}
