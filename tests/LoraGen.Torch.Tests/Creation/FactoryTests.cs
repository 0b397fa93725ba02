namespace LoraGen.Torch.Tests.Creation;

public sealed class FactoryTests
{
    [Semantics("torch.zeros", "torch.ones", "torch.full", "torch.zeros_like", "torch.ones_like", "torch.empty")]
    [Theory, MemberData(nameof(Types.Numeric), MemberType = typeof(Types))]
    public void Factories_make_the_shape_and_the_type_that_they_are_given(ScalarType type)
    {
        Is(type, [2, 3], 0, zeros([2, 3], type, CPU));
        Is(type, [2, 3], 0, zeros(new long[] { 2, 3 }, type, CPU));
        Is(type, [3], 1, ones(3L, dtype: type));
        Is(type, [2, 3], 1, ones([2, 3], type, CPU));
        Is(type, [3, 2], 5, full(3L, 2L, 5, dtype: type, device: CPU));
        Is(type, [3, 2], 5, full(3L, 2L, 5f, dtype: type, device: CPU));
        Is(type, [3, 2], 5, full([3, 2], 5, type, CPU));
        Is(type, [3, 2], 5, full(new long[] { 3, 2 }, 5, type, CPU));
        Is(type, [2, 3], 0, zeros(2L, 3L, dtype: type, device: CPU));
        Is(type, [0, 3], 0, zeros(0L, 3L, dtype: type, device: CPU));
        Is(type, [2, 3], 0, zeros_like(full(2, 3, 5, dtype: type)));
        Is(type, [2, 3], 1, ones_like(full(2, 3, 5, dtype: type)));
        foreach (var made in new[]
        {
            empty([2, 3], dtype: type), empty(new long[] { 2, 3 }, dtype: type), empty(stackalloc long[] { 2, 3 }, dtype: type), empty(2L, 3L, dtype: type),
            empty(6L, dtype: type).view(2, 3),
        })
        {
            Assert.Equal((type, "2, 3"), (made.dtype, string.Join(", ", made.shape)));
        }

        Assert.Equal((type, 0L), (empty(0, dtype: type).dtype, empty(0, dtype: type).numel()));
    }

    [Fact]
    public void Float32_is_what_is_made_where_no_type_is_given()
    {
        Assert.All(new[] { zeros([1]), ones(1), empty([1]), randn(1, 1) }, made => Assert.Equal(ScalarType.Float32, made.dtype));
    }

    [Semantics("torch.arange")]
    [Fact]
    public void Arange_counts_from_the_start_and_leaves_the_end_out()
    {
        Is([0, 1, 2, 3], arange(4L, dtype: ScalarType.Int64, device: CPU));
        Is([0, 1, 2, 3], arange(4L, device: CPU));
        Is([2, 3, 4], arange(2L, 5L, device: CPU));

        void Is(long[] expected, Tensor actual)
        {
            Assert.Equal(ScalarType.Int64, actual.dtype);
            Assert.Equal(expected, actual.data<long>().ToArray());
        }
    }

    [Semantics("torch.tensor")]
    [Fact]
    public void Tensor_takes_the_numbers_of_an_array()
    {
        var whole = tensor(new[] { 3L, long.MaxValue, -1 }, device: CPU);
        Assert.Equal((ScalarType.Int64, 3L), (whole.dtype, whole.shape.Single()));
        Assert.Equal([3, long.MaxValue, -1], whole.data<long>().ToArray());
        var real = tensor(new[] { 0.1f, float.MaxValue }, device: CPU);
        Assert.Equal(ScalarType.Float32, real.dtype);
        Assert.Equal([0.1f, float.MaxValue], real.data<float>().ToArray());
    }

    [Semantics("torch.tensor")]
    [Fact]
    public void Tensor_takes_the_numbers_of_an_array_row_by_row()
    {
        var whole = tensor(new[] { 1L, 2, 3, 4, 5, 6 }, [2, 3], device: CPU);
        Assert.Equal(ScalarType.Int64, whole.dtype);
        ExpectNumbers.Same(Numbers.Of([2, 3], i => 3 * i[0] + i[1] + 1), whole);
        var real = tensor(new[] { 0.5f, 1, 1.5f, 2, 2.5f, 3 }, [3, 1, 2], device: CPU);
        Assert.Equal(ScalarType.Float32, real.dtype);
        ExpectNumbers.Same(Numbers.Of([3, 1, 2], i => i[0] + i[2] / 2.0 + 0.5), real);
    }

    [Fact]
    public void A_tensor_does_not_follow_the_array_that_it_was_made_of()
    {
        var array = new[] { 1f, 2 };
        var made = tensor(array);
        array[0] = 9;
        Assert.Equal([1, 2], made.data<float>().ToArray());
    }

    [Semantics("torch.finfo")]
    [Fact]
    public void Finfo_gives_the_lowest_number_of_a_type()
    {
        Assert.Equal(double.MinValue, finfo(ScalarType.Float64).min);
        Assert.Equal(float.MinValue, finfo(ScalarType.Float32).min);
        Assert.Equal(-65504, finfo(ScalarType.Float16).min);
        Assert.Equal(-255 * Math.Pow(2, 120), finfo(ScalarType.BFloat16).min);
    }

    private static void Is(ScalarType type, long[] shape, double value, Tensor actual)
    {
        Assert.Equal(type, actual.dtype);
        ExpectNumbers.Same(Numbers.Of(shape, _ => value), actual);
    }
}
