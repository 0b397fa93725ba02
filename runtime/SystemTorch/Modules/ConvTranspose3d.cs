using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A transposed convolution over three dimensions.</summary>
        public sealed class ConvTranspose3d : ConvolutionTranspose
        {
            internal ConvTranspose3d(
                long in_channels,
                long out_channels,
                (long, long, long) kernel_size,
                (long, long, long) stride,
                (long, long, long) padding,
                (long, long, long) output_padding,
                (long, long, long) dilation,
                PaddingModes padding_mode,
                long groups,
                bool bias,
                torch.Device? device,
                torch.ScalarType? dtype)
                : base(
                    nameof(ConvTranspose3d),
                    in_channels,
                    out_channels,
                    [kernel_size.Item1, kernel_size.Item2, kernel_size.Item3],
                    [stride.Item1, stride.Item2, stride.Item3],
                    [padding.Item1, padding.Item2, padding.Item3],
                    null,
                    [dilation.Item1, dilation.Item2, dilation.Item3],
                    true,
                    [output_padding.Item1, output_padding.Item2, output_padding.Item3],
                    groups,
                    bias,
                    padding_mode,
                    device,
                    dtype)
            {
            }

            public override torch.Tensor forward(torch.Tensor input, long[]? output_size)
            {
                if (!ValidateShape(input, 3))
                {
                    throw new ArgumentException(
                        $"Expected 4D (unbatched) or 5D (batched) input with {in_channels} channels to ConvTranspose3d.");
                }

                var outside = _output_padding(input, output_size, kernel_size, stride, padding!, dilation, 3);
                return torch.nn.functional.conv_transpose3d(
                    input, weight, bias, stride, padding!, outside, dilation, groups);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static ConvTranspose3d ConvTranspose3d(
                long in_channels,
                long out_channels,
                long kernel_size,
                long stride = 1,
                long padding = 0,
                long output_padding = 0,
                long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null)
                => ConvTranspose3d(
                    in_channels,
                    out_channels,
                    (kernel_size, kernel_size, kernel_size),
                    (stride, stride, stride),
                    (padding, padding, padding),
                    (output_padding, output_padding, output_padding),
                    (dilation, dilation, dilation),
                    padding_mode,
                    groups,
                    bias,
                    device,
                    dtype);

            public static ConvTranspose3d ConvTranspose3d(
                long in_channels,
                long out_channels,
                (long, long, long) kernel_size,
                (long, long, long)? stride = null,
                (long, long, long)? padding = null,
                (long, long, long)? output_padding = null,
                (long, long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null)
                => new(
                    in_channels,
                    out_channels,
                    kernel_size,
                    stride ?? (1, 1, 1),
                    padding ?? (0, 0, 0),
                    output_padding ?? (0, 0, 0),
                    dilation ?? (1, 1, 1),
                    padding_mode,
                    groups,
                    bias,
                    device,
                    dtype);
        }
    }
}
