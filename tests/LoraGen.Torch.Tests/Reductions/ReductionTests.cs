namespace LoraGen.Torch.Tests.Reductions;

public sealed class ReductionTests
{
    [Semantics("Tensor.sum", "Tensor.mean")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Sums_and_means_are_over_all_or_over_the_named_dimensions(ScalarType type)
    {
        foreach (var shape in new long[][] { [3, 3], [2, 5] })
        {
            var tensor = Numbers.Some(1, shape).ToTensor(type);
            var x = Numbers.Of(tensor);
            var (rows, columns) = (shape[0], shape[1]);
            ExpectNumbers.Close(Numbers.Of([], _ => x.Values.Sum()), tensor.sum());
            ExpectNumbers.Close(Numbers.Of([], _ => x.Values.Average()), tensor.mean());
            ExpectNumbers.Close(Numbers.Of([rows, 1], i => Numbers.Sum(columns, k => x[i[0], k]) / columns), tensor.mean([-1], keepdim: true));
            ExpectNumbers.Close(Numbers.Of([columns], i => Numbers.Sum(rows, k => x[k, i[0]]) / rows), tensor.mean([0]));
        }
    }

    [Semantics("Tensor.norm", "Tensor.sum")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Norms_and_sums_are_over_one_dimension(ScalarType type)
    {
        var tensor = Numbers.Some(2, 2, 5).ToTensor(type);
        var x = Numbers.Of(tensor);
        ExpectNumbers.Close(Numbers.Of([2], i => Numbers.Sum(5, k => x[i[0], k])), tensor.sum(1));
        ExpectNumbers.Close(Numbers.Of([5], i => Numbers.Sum(2, k => x[k, i[0]])), tensor.sum(0L));
        ExpectNumbers.Close(Numbers.Of([2], i => Math.Sqrt(Numbers.Sum(5, k => x[i[0], k] * x[i[0], k]))), tensor.norm(dim: 1));
        ExpectNumbers.Close(Numbers.Of([5], i => Math.Sqrt(Numbers.Sum(2, k => x[k, i[0]] * x[k, i[0]]))), tensor.norm(dim: 0));
    }

    [Semantics("Tensor.amax")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void The_largest_is_of_the_named_dimension(ScalarType type)
    {
        var tensor = Numbers.Some(2, 2, 5).ToTensor(type);
        var x = Numbers.Of(tensor);
        ExpectNumbers.Same(Numbers.Of([2], i => Enumerable.Range(0, 5).Max(k => x[i[0], k])), tensor.amax(1));
        ExpectNumbers.Same(Numbers.Of([5], i => Math.Max(x[0, i[0]], x[1, i[0]])), tensor.amax(0));
        Assert.True(double.IsNaN(torch.tensor([1, double.NaN, 2]).amax(0).item<double>()));
    }

    [Semantics("Tensor.sum")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void A_sum_over_a_list_of_dimensions_has_the_type_that_is_asked_for(ScalarType type)
    {
        var tensor = Numbers.Some(2, 2, 3, 4).ToTensor(type);
        var x = Numbers.Of(tensor);
        var sum = tensor.sum([0L], type: ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, sum.dtype);
        ExpectNumbers.Close(Numbers.Of([3, 4], i => x[0, i[0], i[1]] + x[1, i[0], i[1]]), sum);
        Assert.Equal(type, tensor.sum([0L]).dtype);
        ExpectNumbers.Close(Numbers.Of([3, 1], i => Numbers.Sum(8, k => x[k / 4, i[0], k % 4])), tensor.sum([0L, 2], type: ScalarType.Float64).view(3, 1));
    }

    [Semantics("Tensor.min")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void The_smallest_element_is_NaN_where_one_is(ScalarType type)
    {
        ExpectNumbers.Same(-2, tensor(new[] { 3.0, -2, 1, double.PositiveInfinity }).view(2, 2).to(type).min());
        ExpectNumbers.Same(double.NegativeInfinity, tensor(new[] { 3.0, double.NegativeInfinity }).to(type).min());
        ExpectNumbers.Same(double.NaN, tensor(new[] { 3.0, double.NaN, -1 }).to(type).min());
    }

    [Semantics("functional.mse_loss")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void The_squared_error_is_the_mean_over_all_elements(ScalarType type)
    {
        var (left, right) = (Numbers.Some(4, 3, 2).ToTensor(type), Numbers.Some(5, 3, 2).ToTensor(type));
        var (x, y) = (Numbers.Of(left), Numbers.Of(right));
        ExpectNumbers.Close(Numbers.Of([], _ => x.Values.Zip(y.Values, (a, b) => (a - b) * (a - b)).Average()), nn.functional.mse_loss(left, right));
    }

    [Semantics("linalg.svd")]
    [Theory, InlineData(ScalarType.Float32), InlineData(ScalarType.Float64)]
    public void A_singular_value_decomposition_gives_the_matrix_and_orthonormal_vectors(ScalarType type)
    {
        foreach (var shape in new long[][] { [5, 3], [3, 5] })
        {
            var tensor = Numbers.Some(3, shape).ToTensor(type);
            var x = Numbers.Of(tensor);
            var (u, s, vh) = linalg.svd(tensor, fullMatrices: false);
            var (left, values, right) = (Numbers.Of(u), Numbers.Of(s), Numbers.Of(vh));
            ExpectNumbers.Close(Numbers.Of(shape, i => Numbers.Sum(3, k => left[i[0], k] * values[k] * right[k, i[1]])), tensor);
            ExpectNumbers.Close(Numbers.Of([3, 3], i => i[0] == i[1] ? 1 : 0), u.t().mm(u));
            ExpectNumbers.Close(Numbers.Of([3, 3], i => i[0] == i[1] ? 1 : 0), vh.mm(vh.t()));
            Assert.Equal(values.Values.OrderDescending(), values.Values);
            Assert.All(values.Values, value => Assert.True(value >= 0));
        }
    }

    [Semantics("linalg.qr")]
    [Theory, InlineData(ScalarType.Float32), InlineData(ScalarType.Float64)]
    public void A_QR_decomposition_gives_the_matrix_orthonormal_columns_and_an_upper_triangle(ScalarType type)
    {
        foreach (var shape in new long[][] { [5, 3], [3, 5] })
        {
            var tensor = Numbers.Some(3, shape).ToTensor(type);
            var (q, r) = linalg.qr(tensor);
            var (left, right) = (Numbers.Of(q), Numbers.Of(r));
            Assert.Equal([shape[0], 3], q.shape);
            Assert.Equal([3, shape[1]], r.shape);
            ExpectNumbers.Close(Numbers.Of(shape, i => Numbers.Sum(3, k => left[i[0], k] * right[k, i[1]])), tensor);
            ExpectNumbers.Close(Numbers.Of([3, 3], i => i[0] == i[1] ? 1 : 0), q.t().mm(q));
            ExpectNumbers.Close(Numbers.Of(r.shape, i => i[0] > i[1] ? 0 : right[i[0], i[1]]), r);
        }
    }

    [Fact]
    public void A_sum_of_truth_values_counts_them()
    {
        var sum = tensor(new[] { true, false, true }).sum();
        Assert.Equal(ScalarType.Int64, sum.dtype);
        ExpectNumbers.Same(2, sum);
    }

    [Semantics("Tensor.all", "Tensor.any", "Tensor.count_nonzero")]
    [Theory, MemberData(nameof(Types.Numeric), MemberType = typeof(Types))]
    public void All_any_and_count_nonzero_ask_which_are_not_zero(ScalarType type)
    {
        Is([0, 0, 0], all: 0, any: 0, count: 0);
        Is([0, 3, 0], all: 0, any: 1, count: 1);
        Is([1, 2, 3], all: 1, any: 1, count: 3);

        void Is(double[] values, double all, double any, double count)
        {
            var x = tensor(values).to(type);
            ExpectNumbers.Same(all, x.ne(0).all());
            ExpectNumbers.Same(any, x.ne(0).any());
            ExpectNumbers.Same(count, x.count_nonzero());
        }
    }

    [Semantics("Tensor.max")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void The_maximum_of_all_elements_is_the_largest_one(ScalarType type)
    {
        foreach (var shape in new long[][] { [3, 3], [2, 5], [1] })
        {
            var tensor = Numbers.Some(6, shape).ToTensor(type);
            ExpectNumbers.Same(Numbers.Of([], _ => Numbers.Of(tensor).Values.Max()), tensor.max());
        }
    }

    [Semantics("Tensor.argmax", "Tensor.argmin")]
    [Theory, MemberData(nameof(Types.Numeric), MemberType = typeof(Types))]
    public void Argmax_and_argmin_are_the_first_place_of_the_largest_and_the_smallest(ScalarType type)
    {
        var x = tensor(new[] { 3.0, 5, 1, 5, 0, 4 }).to(type).view(2, 3);
        ExpectNumbers.Same(1, x.argmax());
        ExpectNumbers.Same(4, x.argmin());
        ExpectNumbers.Same(Numbers.Of([2], i => i[0] == 0 ? 1 : 0), x.argmax(1));
        ExpectNumbers.Same(Numbers.Of([3], i => i[0] == 0 ? 1 : i[0] == 1 ? 0 : 1), x.argmax(0));
        Assert.Equal(ScalarType.Int64, x.argmax().dtype);
    }

    [Semantics("Tensor.cumsum")]
    [Theory, MemberData(nameof(Types.Numeric), MemberType = typeof(Types))]
    public void Cumsum_adds_what_came_before_in_its_dimension(ScalarType type)
    {
        var tensor = Numbers.Of([3, 3], i => (i[0] * 2) + i[1]).ToTensor(type);
        var x = Numbers.Of(tensor);
        ExpectNumbers.Same(Numbers.Of([3, 3], i => Numbers.Sum(i[1] + 1, k => x[i[0], k])), tensor.cumsum(1));
        ExpectNumbers.Same(Numbers.Of([3, 3], i => Numbers.Sum(i[1] + 1, k => x[i[0], k])), tensor.cumsum(-1));
        ExpectNumbers.Same(Numbers.Of([3, 3], i => Numbers.Sum(i[0] + 1, k => x[k, i[1]])), tensor.cumsum(0));
    }

    [Semantics("Tensor.sort")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Sort_gives_the_ordered_values_and_where_they_were(ScalarType type)
    {
        var tensor = Numbers.Some(1, 3, 3).ToTensor(type);
        var x = Numbers.Of(tensor);
        foreach (var descending in new[] { true, false })
        {
            var (values, places) = tensor.sort(-1, descending: descending);
            var at = Numbers.Of(places);
            var rows = Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 3).Select(column => x[row, column]).Order().ToArray()).ToArray();
            ExpectNumbers.Same(Numbers.Of([3, 3], i => rows[i[0]][descending ? 2 - i[1] : i[1]]), values);
            ExpectNumbers.Same(Numbers.Of([3, 3], i => x[i[0], (long)at[i]]), values);
        }
    }

    [Fact]
    public void Gradients_of_the_reductions_are_right()
    {
        var input = Numbers.Some(1, 3, 4);
        Gradient.IsRight(x => x[0].sum(), input);
        Gradient.IsRight(x => x[0].mean(), input);
        Gradient.IsRight(x => x[0].mean([-1], keepdim: true), input);
        Gradient.IsRight(x => x[0].cumsum(1), input);
        Gradient.IsRight(x => x[0].sort(-1, descending: true).Values, input);
    }
}
