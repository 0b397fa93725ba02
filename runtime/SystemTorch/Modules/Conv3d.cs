using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A convolution over three dimensions.</summary>
        public sealed class Conv3d : Convolution
        {
            internal Conv3d(
                long in_channels,
                long out_channels,
                (long, long, long) kernel_size,
                (long, long, long) stride,
                (long, long, long)? padding,
                Padding? padding_type,
                (long, long, long) dilation,
                PaddingModes padding_mode,
                long groups,
                bool bias,
                torch.Device? device,
                torch.ScalarType? dtype)
                : base(
                    nameof(Conv3d),
                    in_channels,
                    out_channels,
                    [kernel_size.Item1, kernel_size.Item2, kernel_size.Item3],
                    [stride.Item1, stride.Item2, stride.Item3],
                    padding is { } sides ? [sides.Item1, sides.Item2, sides.Item3] : null,
                    padding_type,
                    [dilation.Item1, dilation.Item2, dilation.Item3],
                    false,
                    [0, 0, 0],
                    groups,
                    bias,
                    padding_mode,
                    device,
                    dtype)
            {
            }

            public override torch.Tensor forward(torch.Tensor input)
            {
                if (!ValidateShape(input, 3))
                    throw new ArgumentException($"Expected 4D (unbatched) or 5D (batched) input with {in_channels} channels to Conv3d.");

                if (padding_mode != PaddingModes.Zeros)
                {
                    using var padded = torch.nn.functional.pad(input, _reversed_padding_repeated_twice, padding_mode);
                    return torch.nn.functional.conv3d(padded, weight, bias, stride, [0, 0, 0], dilation, groups);
                }

                return padding_type is { } type
                    ? torch.nn.functional.conv3d_padding(input, weight, bias, stride, type, dilation, groups)
                    : torch.nn.functional.conv3d(input, weight, bias, stride, padding, dilation, groups);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv3d Conv3d(
                long in_channels,
                long out_channels,
                long kernel_size,
                long stride = 1,
                long padding = 0,
                long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null)
                => Conv3d(
                    in_channels,
                    out_channels,
                    (kernel_size, kernel_size, kernel_size),
                    (stride, stride, stride),
                    (padding, padding, padding),
                    (dilation, dilation, dilation),
                    padding_mode,
                    groups,
                    bias,
                    device,
                    dtype);

            public static Conv3d Conv3d(
                long in_channels,
                long out_channels,
                (long, long, long) kernel_size,
                (long, long, long)? stride = null,
                (long, long, long)? padding = null,
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
                    null,
                    dilation ?? (1, 1, 1),
                    padding_mode,
                    groups,
                    bias,
                    device,
                    dtype);

            public static Conv3d Conv3d(
                long in_channels,
                long out_channels,
                long kernel_size,
                Padding padding,
                long stride = 1,
                long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null)
                => Conv3d(
                    in_channels,
                    out_channels,
                    (kernel_size, kernel_size, kernel_size),
                    padding,
                    (stride, stride, stride),
                    (dilation, dilation, dilation),
                    padding_mode,
                    groups,
                    bias,
                    device,
                    dtype);

            public static Conv3d Conv3d(
                long in_channels,
                long out_channels,
                (long, long, long) kernel_size,
                Padding padding,
                (long, long, long)? stride = null,
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
                    null,
                    padding,
                    dilation ?? (1, 1, 1),
                    padding_mode,
                    groups,
                    bias,
                    device,
                    dtype);
        }
    }
}
