using TorchSharp;

namespace SystemTorch.Tests.Core;

internal static class Numbers
{
    internal static float[] Floats(this torch.Tensor tensor) => tensor.to_type(torch.ScalarType.Float32).data<float>().ToArray();

    internal static double[] Doubles(this torch.Tensor tensor) => tensor.to_type(torch.ScalarType.Float64).data<double>().ToArray();

    internal static long[] Longs(this torch.Tensor tensor) => tensor.to_type(torch.ScalarType.Int64).data<long>().ToArray();

    internal static bool[] Bools(this torch.Tensor tensor) => tensor.data<bool>().ToArray();

    internal static void Close(double[] expected, torch.Tensor actual, double tolerance = 1e-6)
    {
        var values = actual.Doubles();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance, $"element {i}: expected {expected[i]:R}, got {values[i]:R}");
        }
    }
}
