namespace LoraGen.Torch.Tests.Creation;

/// <summary>Copies, conversions and reading.</summary>
public sealed class ConversionTests
{
    [Semantics("Tensor.to", "Tensor.cpu")]
    [Fact]
    public void To_rounds_to_the_nearest_and_to_even_between_two()
    {
        var x = tensor(new[] { 1 + Math.Pow(2, -11), 1 + (3 * Math.Pow(2, -11)), 1 + Math.Pow(2, -8), 1 + (3 * Math.Pow(2, -8)), 70000 });
        Is([1, 1 + Math.Pow(2, -9), 1 + Math.Pow(2, -8), 1 + (3 * Math.Pow(2, -8)), double.PositiveInfinity], x.to(ScalarType.Float16));
        Is([1, 1, 1, 1 + Math.Pow(2, -6), 70144], x.to(ScalarType.BFloat16, CPU));
        Is([1, 1, 1, 1, 70000], x.to(ScalarType.Int64));
        Is([1, 1, 0], tensor(new[] { 2L, -1, 0 }).to(ScalarType.Bool));
        Is([2, 3, 4], arange(2L, 5L).cpu());

        static void Is(double[] expected, Tensor actual) => ExpectNumbers.Same(Numbers.Of([expected.Length], i => expected[i[0]]), actual);
    }

    [Fact]
    public void To_copies_on_request_and_where_the_type_changes()
    {
        var x = ones(2);
        var same = x.to(ScalarType.Float32);
        var copy = x.to(ScalarType.Float32, copy: true);
        var other = x.to(ScalarType.Float64, CPU);
        x.mul_(3);
        ExpectNumbers.Same(Numbers.Of([2], _ => 3), same);
        ExpectNumbers.Same(Numbers.Of([2], _ => 1), copy);
        ExpectNumbers.Same(Numbers.Of([2], _ => 1), other);
    }

    [Semantics("Tensor.clone", "Tensor.detach", "Tensor.copy_", "Tensor.contiguous")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Clones_have_memory_of_their_own_and_detached_tensors_share_it(ScalarType type)
    {
        var x = Numbers.Some(1, 2, 3).ToTensor(type);
        var before = Numbers.Of(x);
        var (clone, detached, transposed) = (x.clone(), x.detach(), x.t().contiguous());
        var written = zeros(2, 3, dtype: ScalarType.Float64);
        var returned = written.copy_(x, false);
        x.mul_(2);
        ExpectNumbers.Same(before, clone);
        ExpectNumbers.Same(before.Map(value => 2 * value), detached);
        ExpectNumbers.Same(before, written);
        ExpectNumbers.Same(before, returned);
        Assert.Equal(ScalarType.Float64, written.dtype);
        Assert.True(transposed.is_contiguous());
        Assert.False(x.t().is_contiguous());
        ExpectNumbers.Same(Numbers.Of([3, 2], i => before[i[1], i[0]]), transposed);
    }

    [Semantics("Tensor.is_contiguous", "Tensor.numel", "Tensor.is_floating_point", "torch.is_floating_point", "TensorExtensionMethods.ElementSize")]
    [Theory, MemberData(nameof(Types.Numeric), MemberType = typeof(Types))]
    public void Facts_are_those_of_the_type_and_the_shape(ScalarType type)
    {
        var isFloating = type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;
        var size = type switch { ScalarType.Byte => 1, ScalarType.Float16 or ScalarType.BFloat16 => 2, ScalarType.Float64 or ScalarType.Int64 => 8, _ => 4 };
        var x = zeros(2, 3, dtype: type);
        Assert.Equal((6, 6, 2, size), (x.numel(), x.NumberOfElements, x.ndim, x.ElementSize));
        Assert.Equal(size, type.ElementSize());
        Assert.True(x.is_contiguous() && !x[.., 1].is_contiguous());
        Assert.Equal((isFloating, isFloating, isFloating), (x.is_floating_point(), is_floating_point(x), is_floating_point(type)));
    }

    [Semantics("Tensor.item", "Tensor.data", "TensorAccessor.ToArray")]
    [Fact]
    public void Numbers_are_read_in_the_order_in_which_they_are_seen()
    {
        Assert.Equal((5L, 0.1f, true), (tensor(5L).item<long>(), tensor(0.1f).item<float>(), tensor(true).item<bool>()));
        var x = tensor(new float[] { 1, 2, 3, 4, 5, 6 }).view(2, 3);
        Assert.Equal([1, 2, 3, 4, 5, 6], x.data<float>().ToArray());
        Assert.Equal([1, 4, 2, 5, 3, 6], x.t().data<float>().ToArray());
    }

    [Semantics("Tensor.get_bytes")]
    [Fact]
    public void Bytes_are_the_memory_itself_little_endian()
    {
        var x = tensor(new long[] { 1, 258, -1 });
        Assert.Equal("01-00-00-00-00-00-00-00-02-01-00-00-00-00-00-00-FF-FF-FF-FF-FF-FF-FF-FF", BitConverter.ToString(x.bytes.ToArray()));
        x.narrow(0, 1, 1).bytes[0] = 3;
        Assert.Equal([1, 259, -1], x.data<long>().ToArray());
    }
}
