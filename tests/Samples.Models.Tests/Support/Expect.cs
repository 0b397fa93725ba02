using System.Globalization;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Support;

/// <summary>Comparisons of tensors.</summary>
internal static class Expect
{
    public static void Close(Tensor expected, Tensor actual, double atol, string? what = null)
    {
        Assert.Equal(expected.shape, actual.shape);
        var gap = (expected.detach().to(ScalarType.Float64) - actual.detach().to(ScalarType.Float64)).abs().max().item<double>();
        Assert.True(gap <= atol, string.Create(CultureInfo.InvariantCulture, $"{what ?? "Tensors"} differ by {gap:G3}, more than {atol:G3}."));
    }

    /// <summary>Within a share of the largest expected element: for gradients, whose size is no one's choice.</summary>
    public static void CloseInShare(Tensor expected, Tensor actual, double share, string? what = null)
    {
        Close(expected, actual, share * Math.Max(expected.abs().max().to(ScalarType.Float64).item<double>(), 1e-3), what);
    }
}
