namespace LoraGen.Torch.Tests.Elementwise;

/// <summary>Comparisons, and what is chosen by them.</summary>
public sealed class ComparisonTests
{
    [Semantics("Tensor.eq", "Tensor.ne", "Tensor.ge")]
    [Theory, MemberData(nameof(Types.Numeric), MemberType = typeof(Types))]
    public void Comparisons_give_a_bool_for_each_element(ScalarType type)
    {
        var x = tensor(new[] { 0.0, 1, 2, 3 }).to(type);
        Is([0, 1, 0, 0], x.eq(1));
        Is([1, 0, 1, 1], x.ne(1));
        Is([1, 0, 1, 1], x.ne(1f));
        Is([0, 0, 1, 1], x.ge(2));
        Is([0, 0, 1, 1], x.ge(1.5));
        Is([1, 0, 1, 0], x.eq(tensor(new[] { 0.0, 2, 2, 4 }).to(type)));
        Is([0, 1, 0, 1], x.ne(tensor(new[] { 0.0, 2, 2, 4 }).to(type)));
    }

    [Semantics("Tensor.Equals")]
    [Theory, MemberData(nameof(Types.Numeric), MemberType = typeof(Types))]
    public void Equals_is_true_where_shape_and_all_elements_are_equal(ScalarType type)
    {
        var x = tensor(new[] { 0.0, 1, 2, 3 }).to(type);
        Assert.True(x.Equals(x.clone()));
        Assert.False(x.Equals(tensor(new[] { 0.0, 1, 2, 4 }).to(type)));
        Assert.False(x.Equals(x.view(2, 2)));
    }

    [Semantics("Tensor.logical_or")]
    [Fact]
    public void Logical_or_is_true_where_one_is_and_is_broadcast()
    {
        var first = tensor(new[] { true, false }, device: CPU).unsqueeze(1).expand(2, 3);
        ExpectNumbers.Same(Numbers.Of([2, 3], i => i[0] == 0 || i[1] == 2 ? 1 : 0), first.logical_or(tensor(new[] { false, false, true })));
    }

    [Semantics("Tensor.logical_and")]
    [Fact]
    public void Logical_and_is_true_where_both_are()
    {
        var rows = tensor(new[] { true, false }).view(2, 1);
        ExpectNumbers.Same(Numbers.Of([2, 3], i => i[0] == 0 && i[1] != 1 ? 1 : 0), rows.logical_and(tensor(new[] { true, false, true })));
    }

    [Semantics("Tensor.masked_fill")]
    [Theory, MemberData(nameof(Types.Numeric), MemberType = typeof(Types))]
    public void Masked_fill_puts_the_number_where_the_mask_is_true(ScalarType type)
    {
        var x = Numbers.Of([2, 3], i => (3 * i[0]) + i[1]).ToTensor(type);
        var filled = x.masked_fill(tensor(new[] { true, false, true }), 7);
        Assert.Equal(type, filled.dtype);
        ExpectNumbers.Same(Numbers.Of([2, 3], i => i[1] == 1 ? (3 * i[0]) + 1 : 7), filled);
        ExpectNumbers.Same(Numbers.Of([2, 3], i => (3 * i[0]) + i[1]), x);
    }

    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void The_lowest_number_of_a_type_fills_exactly(ScalarType type)
    {
        var lowest = zeros(2, dtype: type).masked_fill(tensor(new[] { true, false }), finfo(type).min);
        Assert.True(Numbers.Of(lowest)[0] == finfo(type).min && lowest.isfinite().all().item<bool>());
    }

    [Semantics("Tensor.allclose")]
    [Fact]
    public void Allclose_allows_a_share_of_the_other_tensor_and_1e_8()
    {
        var x = tensor(new[] { 1.0, -2, 0 });
        Assert.True(x.allclose(tensor(new[] { 1 + 9e-6, -2, 9e-9 })));
        Assert.False(x.allclose(tensor(new[] { 1 + 1.2e-5, -2, 0 })));
        Assert.False(x.allclose(tensor(new[] { 1, -2, 2e-8 })));
        Assert.False(x.allclose(tensor(new[] { 1, -2, double.NaN })));
    }

    [Semantics("torch.where")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Where_takes_the_first_where_the_condition_is_true(ScalarType type)
    {
        var (x, y) = (Numbers.Some(1, 2, 3).ToTensor(type), Numbers.Some(2, 2, 3).ToTensor(type));
        var (a, b) = (Numbers.Of(x), Numbers.Of(y));
        var condition = tensor(new[] { true, false, true });
        ExpectNumbers.Same(Numbers.Of([2, 3], i => i[1] == 1 ? b[i] : a[i]), where(condition, x, y));
    }

    [Fact]
    public void Gradients_pass_where_an_element_was_chosen()
    {
        var (a, b) = (Numbers.Some(1, 2, 3), Numbers.Some(2, 2, 3));
        Gradient.IsRight(x => where(tensor(new[] { true, false, true }), x[0], x[1]), a, b);
        Gradient.IsRight(x => x[0].masked_fill(tensor(new[] { true, false, true }), 7), a);
    }

    private static void Is(double[] expected, Tensor actual)
    {
        Assert.Equal(ScalarType.Bool, actual.dtype);
        ExpectNumbers.Same(Numbers.Of([expected.Length], i => expected[i[0]]), actual);
    }
}
