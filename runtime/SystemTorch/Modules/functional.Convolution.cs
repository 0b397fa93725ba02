namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1)
                => Aten.conv1d.Call(input, weight, Arg.Optional(bias), One(stride, 1), One(padding, 0), One(dilation, 1), groups);

            public static Tensor conv1d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, Padding padding = Padding.Valid, long? dilation = null, long groups = 1)
                => Aten.conv1d_padding.Call(input, weight, Arg.Optional(bias), One(stride, 1), Name(padding), One(dilation, 1), groups);

            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1)
                => Aten.conv2d.Call(input, weight, Arg.Optional(bias), strides ?? [1], padding ?? [0], dilation ?? [1], groups);

            public static Tensor conv2d_padding(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                Padding padding = Padding.Valid,
                long[]? dilation = null,
                long groups = 1)
                => Aten.conv2d_padding.Call(input, weight, Arg.Optional(bias), strides ?? [1], Name(padding), dilation ?? [1], groups);

            public static Tensor conv3d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1)
                => Aten.conv3d.Call(input, weight, Arg.Optional(bias), strides ?? [1], padding ?? [0], dilation ?? [1], groups);

            public static Tensor conv3d_padding(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                Padding padding = Padding.Valid,
                long[]? dilation = null,
                long groups = 1)
                => Aten.conv3d_padding.Call(input, weight, Arg.Optional(bias), strides ?? [1], Name(padding), dilation ?? [1], groups);

            private static long[] One(long? value, long otherwise) => [value ?? otherwise];

            private static string Name(Padding padding) => padding == Padding.Same ? "same" : "valid";
        }
    }
}

internal static partial class Aten
{
    internal static readonly Operator conv1d = new("conv1d");
    internal static readonly Operator conv1d_padding = new("conv1d", "padding");
    internal static readonly Operator conv2d = new("conv2d");
    internal static readonly Operator conv2d_padding = new("conv2d", "padding");
    internal static readonly Operator conv3d = new("conv3d");
    internal static readonly Operator conv3d_padding = new("conv3d", "padding");
}
