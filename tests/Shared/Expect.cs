using System.Globalization;
using static TorchSharp.torch;

namespace LoraGen.Tests.Shared;

/// <summary>Comparisons of tensors.</summary>
internal static class Expect
{
    public static void Close(Tensor expected, Tensor actual, double atol = 1e-5, string? what = null)
    {
        Assert.Equal(expected.shape, actual.shape);
        var gap = Gap(expected, actual);
        Assert.True(gap <= atol, string.Create(CultureInfo.InvariantCulture, $"{what ?? "Tensors"} differ by {gap:G3}, more than {atol:G3}."));
    }

    /// <summary>Within a share of the largest expected element, for gradients, whose size isn't known beforehand.</summary>
    /// <param name="floor">What counts as the largest element where all are smaller.</param>
    public static void CloseInShare(Tensor expected, Tensor actual, double share, string? what = null, double floor = 0)
    {
        Close(expected, actual, share * Math.Max(expected.detach().abs().max().to(ScalarType.Float64).item<double>(), floor), what);
    }

    public static void SameBits(Tensor expected, Tensor actual, string? what = null)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.True(
            Bytes(expected).AsSpan().SequenceEqual(Bytes(actual)),
            $"{what ?? "Tensors"} differ by {Gap(expected, actual)}; they should be the same bit for bit.");
    }

    public static void Differ(Tensor first, Tensor second, double atLeast = 1e-3)
    {
        Assert.True(Gap(first, second) >= atLeast, "The tensors should differ.");
    }

    public static byte[] Bytes(Tensor tensor) => tensor.detach().cpu().contiguous().bytes.ToArray();

    private static double Gap(Tensor first, Tensor second)
    {
        if (first.numel() == 0)
            return 0;
        return (first.detach().to(ScalarType.Float64) - second.detach().to(ScalarType.Float64)).abs().max().item<double>();
    }
}
