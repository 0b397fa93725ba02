using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Support;

/// <summary>A way for a kernel to move, in one to three dimensions. Kernels of more than one dimension differ from one to the other.</summary>
internal sealed record ConvolutionCase(int Dimensions, long Stride, long? Sides, Padding Type, long Dilation, PaddingModes Mode, long Groups)
{
    /// <summary>Of a dimensionality and a padding mode, every combination that TorchSharp takes.</summary>
    public static IEnumerable<ConvolutionCase> All(int dimensions, PaddingModes mode)
    {
        return
            from groups in new long[] { 1, 2 }
            from dilation in new long[] { 1, 2 }
            from stride in new long[] { 1, 2 }
            from padding in new (long? Sides, Padding Type)[] { (0, default), (1, default), (2, default), (null, Padding.Valid), (null, Padding.Same) }
            where stride == 1 || padding is not (null, Padding.Same)
            select new ConvolutionCase(dimensions, stride, padding.Sides, padding.Type, dilation, mode, groups);
    }

    public nn.Module<Tensor, Tensor> Create(long inputs, long outputs, long? groups = null, bool bias = true)
    {
        var (s, d, g) = (Stride, Dilation, groups ?? Groups);
        return (Dimensions, Sides) switch
        {
            (1, { } p) => nn.Conv1d(inputs, outputs, 3, s, p, d, Mode, g, bias),
            (1, null) => nn.Conv1d(inputs, outputs, 3, Type, s, d, Mode, g, bias),
            (2, { } p) => nn.Conv2d(inputs, outputs, (3, 2), (s, 1), (p, 0), (1, d), Mode, g, bias),
            (2, null) => nn.Conv2d(inputs, outputs, (3, 2), Type, (s, 1), (1, d), Mode, g, bias),
            (_, { } p) => nn.Conv3d(inputs, outputs, (2, 3, 1), (s, 1, 1), (p, 0, p), (d, 1, 2), Mode, g, bias),
            (_, null) => nn.Conv3d(inputs, outputs, (2, 3, 1), Type, (s, 1, 1), (d, 1, 2), Mode, g, bias),
        };
    }

    /// <summary>[batch, channels, …] of float64.</summary>
    public Tensor Input(long channels, long batch = 2)
    {
        return Make.Normal(4, [batch, channels, .. new long[] { 7, 6, 5 }[..Dimensions]]).to(ScalarType.Float64);
    }
}
