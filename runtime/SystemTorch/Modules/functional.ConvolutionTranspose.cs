namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor conv_transpose1d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long? stride = null,
                long? padding = null,
                long? output_padding = null,
                long? dilation = null,
                long groups = 1)
                => Aten.conv_transpose1d.Call(
                    input, weight, Arg.Optional(bias), One(stride, 1), One(padding, 0), One(output_padding, 0), groups, One(dilation, 1));

            public static Tensor conv_transpose2d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                long[]? padding = null,
                long[]? output_padding = null,
                long[]? dilation = null,
                long groups = 1)
                => Aten.conv_transpose2d.Call(
                    input, weight, Arg.Optional(bias), strides ?? [1], padding ?? [0], output_padding ?? [0], groups, dilation ?? [1]);

            public static Tensor conv_transpose3d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                long[]? padding = null,
                long[]? output_padding = null,
                long[]? dilation = null,
                long groups = 1)
                => Aten.conv_transpose3d.Call(
                    input, weight, Arg.Optional(bias), strides ?? [1], padding ?? [0], output_padding ?? [0], groups, dilation ?? [1]);
        }
    }
}

internal static partial class Aten
{
    internal static readonly Operator conv_transpose1d = new("conv_transpose1d");
    internal static readonly Operator conv_transpose2d = new("conv_transpose2d", "input");
    internal static readonly Operator conv_transpose3d = new("conv_transpose3d", "input");
}
