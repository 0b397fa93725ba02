using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

/// <summary>Numbers out of tensors, for comparing.</summary>
internal static class Values
{
    public static float[] Floats(this Tensor tensor)
    {
        using var guard = no_grad();
        using var flat = tensor.detach().cpu().to(ScalarType.Float32).contiguous();
        return flat.data<float>().ToArray();
    }

    public static void Near(Tensor expected, Tensor actual, double tolerance = 1e-6)
    {
        Assert.Equal(expected.shape, actual.shape);
        Near(expected.Floats(), actual.Floats(), tolerance);
    }

    public static void Near(float[] expected, float[] actual, double tolerance = 1e-6)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"at {i}: expected {expected[i]:R}, got {actual[i]:R}");
    }

    public static void Near(this float[] actual, params double[] expected) => actual.Within(1e-6, expected);

    public static void Within(this float[] actual, double tolerance, params double[] expected)
        => Near([.. expected.Select(value => (float)value)], actual, tolerance);
}
