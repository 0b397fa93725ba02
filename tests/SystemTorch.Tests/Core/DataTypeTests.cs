using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class DataTypeTests
{
    [Fact]
    public void Bfloat16_rounds_to_nearest_even_as_libtorch_does()
    {
        float[] special = [float.NaN, float.PositiveInfinity, float.MaxValue, 0f, -0f];
        var values = Enumerable.Range(0, 5000).Select(i => (float)Math.Sin(i) * MathF.Pow(2, i % 60 - 30)).Concat(special).ToArray();
        using var there = tensor(values).bfloat16();
        var expected = there.data<BFloat16>().ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            var ours = (BFloat16)values[i];
            Assert.True(ours.Equals(expected[i]) || BFloat16.IsNaN(ours) && BFloat16.IsNaN(expected[i]), $"{values[i]:R}: {ours}, libtorch {expected[i]}");
        }
    }

    [Fact]
    public void Half_and_bfloat16_arrays_round_trip()
    {
        Half[] halves = [(Half)0.1f, (Half)(-3), Half.MaxValue];
        BFloat16[] brains = [(BFloat16)0.1f, (BFloat16)(-3f), BFloat16.MaxValue];
        Assert.Equal(halves, tensor(halves).data<Half>().ToArray());
        Assert.Equal(brains, tensor(brains).data<BFloat16>().ToArray());
        Assert.Equal(0.099975586f, tensor(halves)[0].ToSingle());
        Assert.Equal(1f, tensor(1f).bfloat16().ToSingle());
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int8)]
    public void Conversions_keep_small_whole_numbers(ScalarType type)
    {
        using var a = tensor(new float[] { -3, 0, 7 }).to(type);
        Assert.Equal(type, a.dtype);
        Assert.Equal(type.ElementSize(), a.element_size());
        Assert.Equal([-3, 0, 7], a.Floats());
    }

    [Fact]
    public void Reading_as_another_type_is_an_error()
    {
        using var a = ones(2);
        var error = Assert.Throws<ArgumentException>(() => a.data<double>());
        Assert.Equal("Double is not compatible with Float32", error.Message);
        Assert.Throws<ArgumentException>(() => a.item<float>());
        Assert.Throws<ArgumentException>(() => a[0].item<double>());
    }

    [Fact]
    public void To_gives_the_same_memory_unless_asked_for_a_copy()
    {
        using var a = ones(2);
        using var same = a.to(float32);
        using var copy = a.to(float32, copy: true);
        a.zero_();
        Assert.Equal([0, 0], same.Floats());
        Assert.Equal([1, 1], copy.Floats());
        Assert.NotEqual(a.Handle, same.Handle);
        var gone = ones(2);
        using var kept = gone.to(float64, disposeAfter: true);
        Assert.True(gone.IsInvalid);
    }

    [Fact]
    public void Scalars_of_every_kind()
    {
        Assert.Equal(ScalarType.Int64, 1.ToScalar().Type);
        Assert.Equal(ScalarType.Float64, 1f.ToScalar().Type);
        Assert.Equal(ScalarType.Bool, true.ToScalar().Type);
        Assert.Equal(ScalarType.ComplexFloat64, (1f, 2f).ToScalar().Type);
        Assert.Equal(2, 2.7.ToScalar().ToInt32());
        Assert.Throws<OverflowException>(() => 300.ToScalar().ToByte());
        Assert.Equal([2.5f], ones(1).add(1.5f).Floats());
        Assert.Equal(int64, ones([1], int64).add(1).dtype);
        Assert.Equal(float32, ones([1], int64).add(1.5).dtype);
    }

    [Fact]
    public void Finfo_gives_the_types_limits()
    {
        Assert.Equal(float.MaxValue, finfo(float32).max);
        Assert.Equal(65504, finfo(float16).max);
        Assert.Equal(0.0078125, finfo(bfloat16).eps);
        Assert.Throws<ArgumentException>(() => finfo(int32));
    }
}
