using System.Globalization;

namespace LoraGen.Torch.Tests.Support;

/// <summary>Comparisons that say which element is off.</summary>
internal static class ExpectNumbers
{
    /// <summary>The same shape, and each element within the rounding of the actual tensor's type.</summary>
    public static void Close(Numbers expected, Tensor actual) => Close(expected, actual, Rounding(actual.dtype));

    /// <param name="share">How far off an element may be, as a share of it, or of 1 where it is smaller.</param>
    public static void Close(Numbers expected, Tensor actual, double share)
    {
        Assert.Equal(expected.Shape, actual.shape);
        var numbers = Numbers.Of(actual);
        foreach (var index in Numbers.Indices(expected.Shape))
        {
            var (wanted, found) = (expected[index], numbers[index]);
            if (!wanted.Equals(found) && !(Math.Abs(wanted - found) <= share * Math.Max(1, Math.Abs(wanted))))
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{actual.dtype} [{string.Join(", ", index)}]: expected {wanted}, found {found}"));
        }
    }

    /// <summary>To the bit.</summary>
    public static void Same(Numbers expected, Tensor actual) => Close(expected, actual, 0);

    public static void Same(double expected, Tensor actual) => Same(Numbers.Of([], _ => expected), actual);

    // A few roundings, since what is summed up is small.
    private static double Rounding(ScalarType type)
    {
        return type switch
        {
            ScalarType.Float64 => 1e-12,
            ScalarType.Float32 => 1e-5,
            ScalarType.Float16 => 4e-3,
            ScalarType.BFloat16 => 3e-2,
            _ => 0,
        };
    }
}
