using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>The numbers of the dynamic codes, and the nearest of them.</summary>
public sealed class DynamicCodesTests
{
    [Theory, InlineData(true), InlineData(false)]
    public void The_numbers_are_those_of_the_definition(bool isSigned)
    {
        var values = Map(isSigned).Values;
        Assert.Equal(DynamicReference.Map(isSigned), values);
        Assert.Equal(256, values.Distinct().Count());
        Assert.Equal((isSigned ? -(1 - (0.9f / 128)) : 0, 1), (values[0], values[^1]));
    }

    // bitsandbytes' create_dynamic_map takes the middles of a linspace in float32, whose roundings differ.
    [Theory, InlineData(true), InlineData(false)]
    public void They_are_those_of_bitsandbytes_within_roundings(bool isSigned)
    {
        List<float> numbers = [0, 1];
        for (var i = 0; i < 7; i++)
        {
            var limits = linspace(0.1, 1, (long)Math.Pow(2, isSigned ? i : i + 1) + 1).data<float>().ToArray();
            var middles = limits.Zip(limits.Skip(1), (low, high) => (low + high) / 2f).Select(middle => (float)(Math.Pow(10, i - 6) * middle)).ToArray();
            numbers.AddRange(isSigned ? [.. middles, .. middles.Select(middle => -middle)] : middles);
        }

        numbers.Sort();
        Assert.All(numbers.Zip(Map(isSigned).Values), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 3e-7 * Math.Abs(pair.First), $"{pair}"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void The_nearest_number_is_found_beside_all_middles(bool isSigned)
    {
        var map = Map(isSigned);
        var values = map.Values;
        var random = new Random(3);
        var middles = values.Zip(values.Skip(1), (low, high) => (float)(((double)low + high) / 2)).ToArray();
        float[] tried =
        [
            .. values, .. middles, .. middles.Select(MathF.BitIncrement), .. middles.Select(MathF.BitDecrement),
            .. Enumerable.Range(0, 2000).Select(_ => (float)((random.NextDouble() * 2) - 1)),
            .. Enumerable.Range(0, 2000).Select(_ => (float)(Math.Pow(10, -9 * random.NextDouble()) * random.Next(-1, 2))),
            0, -0f, float.Epsilon, -float.Epsilon, 1, MathF.BitDecrement(1), 1e-38f, -1e-38f,
        ];
        Assert.All(tried.Where(value => isSigned || value >= 0), value => Assert.Equal(DynamicReference.Nearest(values, value), map.Nearest(value)));
    }

    [Fact]
    public void A_value_of_NaN_or_beyond_has_some_code()
    {
        foreach (var map in (DynamicCodes[])[DynamicCodes.Signed, DynamicCodes.Unsigned])
        {
            Assert.Equal(255, map.Nearest(float.PositiveInfinity));
            Assert.InRange(map.Nearest(float.NaN), 0, 255);
        }
    }

    internal static DynamicCodes Map(bool isSigned) => isSigned ? DynamicCodes.Signed : DynamicCodes.Unsigned;
}
