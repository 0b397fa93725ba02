namespace LoraGen.Torch.Tests.Products;

public sealed class MatrixProductTests
{
    private static readonly (long Rows, long Inner, long Columns)[] Sizes = [(3, 3, 3), (2, 3, 4), (4, 3, 2), (1, 5, 2), (3, 1, 3)];

    [Semantics("Tensor.matmul")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Matmul_of_matrices_sums_over_the_inner_dimension(ScalarType type)
    {
        foreach (var (rows, inner, columns) in Sizes)
        {
            var (a, b) = (Numbers.Some(1, rows, inner).ToTensor(type), Numbers.Some(2, inner, columns).ToTensor(type));
            ExpectNumbers.Close(Product(a, b), a.matmul(b));
        }
    }

    [Fact]
    public void Matmul_repeats_what_has_fewer_dimensions()
    {
        foreach (var (rows, inner, columns) in Sizes)
        {
            var (a, b) = (Numbers.Some(1, 2, rows, inner), Numbers.Some(2, inner, columns));
            var expected = Numbers.Of([2, rows, columns], i => Numbers.Sum(inner, k => a[i[0], i[1], k] * b[k, i[2]]));
            ExpectNumbers.Close(expected, a.ToTensor(ScalarType.Float64).matmul(b.ToTensor(ScalarType.Float64)));
        }
    }

    [Fact]
    public void Matmul_multiplies_matrices_of_heads_one_by_one()
    {
        var (a, b) = (Numbers.Some(1, 2, 2, 3, 2), Numbers.Some(2, 2, 2, 2, 3));
        var expected = Numbers.Of([2, 2, 3, 3], i => Numbers.Sum(2, k => a[i[0], i[1], i[2], k] * b[i[0], i[1], k, i[3]]));
        ExpectNumbers.Close(expected, a.ToTensor(ScalarType.Float32).matmul(b.ToTensor(ScalarType.Float32)));
    }

    [Fact]
    public void Matmul_of_transposed_views_reads_them_as_they_are_seen()
    {
        var (a, b) = (Numbers.Some(1, 3, 2), Numbers.Some(2, 4, 3));
        var expected = Numbers.Of([2, 4], i => Numbers.Sum(3, k => a[k, i[0]] * b[i[1], k]));
        ExpectNumbers.Close(expected, a.ToTensor(ScalarType.Float64).t().matmul(b.ToTensor(ScalarType.Float64).t()));
    }

    [Semantics("Tensor.bmm")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Bmm_multiplies_one_matrix_of_each_batch(ScalarType type)
    {
        foreach (var (rows, inner, columns) in Sizes)
        {
            var (a, b) = (Numbers.Some(1, 3, rows, inner).ToTensor(type), Numbers.Some(2, 3, inner, columns).ToTensor(type));
            var (x, y) = (Numbers.Of(a), Numbers.Of(b));
            ExpectNumbers.Close(Numbers.Of([3, rows, columns], i => Numbers.Sum(inner, k => x[i[0], i[1], k] * y[i[0], k, i[2]])), a.bmm(b));
        }
    }

    [Semantics("Tensor.addmm", "Tensor.addmm_")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Addmm_adds_the_product_to_what_it_is_called_on(ScalarType type)
    {
        foreach (var (rows, inner, columns) in Sizes)
        {
            var sum = Numbers.Some(3, rows, columns).ToTensor(type);
            var (a, b) = (Numbers.Some(1, rows, inner).ToTensor(type), Numbers.Some(2, inner, columns).ToTensor(type));
            var (added, product) = (Numbers.Of(sum), Product(a, b));
            ExpectNumbers.Close(Numbers.Of([rows, columns], i => added[i] + product[i]), sum.addmm(a, b));
            ExpectNumbers.Close(Numbers.Of([rows, columns], i => (0.5 * added[i]) + (2 * product[i])), sum.addmm(a, b, beta: 0.5f, alpha: 2));
            ExpectNumbers.Same(added, sum);

            var returned = sum.addmm_(a, b);
            ExpectNumbers.Close(Numbers.Of([rows, columns], i => added[i] + product[i]), sum);
            ExpectNumbers.Same(Numbers.Of(sum), returned);
        }
    }

    // With beta 0 what was there before doesn't count, not even where it is NaN.
    [Semantics("Tensor.addmm_")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Addmm_writes_into_a_slice_of_columns_and_nowhere_else(ScalarType type)
    {
        var (a, b) = (Numbers.Some(1, 4, 3).ToTensor(type), Numbers.Some(2, 2, 3).ToTensor(type));
        var product = Product(a, b.t());
        foreach (var (before, beta) in new[] { (double.NaN, 0f), (0.5, 1f) })
        {
            var output = Numbers.Of([4, 5], _ => before).ToTensor(type);
            output.narrow(1, 2, 2).addmm_(a, b.t(), beta: beta, alpha: 1);
            ExpectNumbers.Close(
                Numbers.Of([4, 5], i => i[1] is < 2 or > 3 ? before : product[i[0], i[1] - 2] + (beta == 0 ? 0 : before)), output);
        }
    }

    [Semantics("functional.linear")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Linear_multiplies_by_the_rows_of_the_weight(ScalarType type)
    {
        foreach (var (rows, inner, columns) in Sizes)
        {
            var (x, w, b) = (Numbers.Some(1, 2, rows, inner).ToTensor(type), Numbers.Some(2, columns, inner).ToTensor(type), Numbers.Some(3, columns).ToTensor(type));
            var (input, weight, bias) = (Numbers.Of(x), Numbers.Of(w), Numbers.Of(b));
            var product = Numbers.Of([2, rows, columns], i => Numbers.Sum(inner, k => input[i[0], i[1], k] * weight[i[2], k]));
            ExpectNumbers.Close(product, nn.functional.linear(x, w));
            ExpectNumbers.Close(Numbers.Of(product.Shape, i => product[i] + bias[i[2]]), nn.functional.linear(x, w, b));
        }
    }

    [Semantics("linalg.inv")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void The_product_with_the_inverse_of_each_matrix_is_the_identity(ScalarType type)
    {
        var a = Numbers.Of([2, 3, 3], i => (i[1] == i[2] ? 4 : 0) + Math.Sin((7 * i[0]) + (3 * i[1]) + i[2]));
        var x = Numbers.Of(linalg.inv(a.ToTensor(type)));
        var product = Numbers.Of([2, 3, 3], i => Numbers.Sum(3, k => a[i[0], i[1], k] * x[i[0], k, i[2]]));
        ExpectNumbers.Close(product, torch.eye(3, dtype: type).expand(2, 3, 3), type == ScalarType.Float64 ? 1e-12 : 1e-5);
        Gradient.IsRight(z => linalg.inv(z[0]), a);
    }

    [Fact]
    public void Gradients_of_the_products_are_right()
    {
        Gradient.IsRight(x => x[0].matmul(x[1]), Numbers.Some(1, 2, 3), Numbers.Some(2, 3, 4));
        Gradient.IsRight(x => x[0].matmul(x[1]), Numbers.Some(1, 2, 2, 3), Numbers.Some(2, 3, 3));
        Gradient.IsRight(x => x[0].bmm(x[1]), Numbers.Some(1, 2, 3, 3), Numbers.Some(2, 2, 3, 3));
        Gradient.IsRight(x => x[0].addmm(x[1], x[2]), Numbers.Some(1, 3, 3), Numbers.Some(2, 3, 3), Numbers.Some(3, 3, 3));
        Gradient.IsRight(x => nn.functional.linear(x[0], x[1], x[2]), Numbers.Some(1, 2, 3), Numbers.Some(2, 4, 3), Numbers.Some(3, 4));
    }

    private static Numbers Product(Tensor a, Tensor b)
    {
        var (x, y) = (Numbers.Of(a), Numbers.Of(b));
        return Numbers.Of([x.Shape[0], y.Shape[1]], i => Numbers.Sum(x.Shape[1], k => x[i[0], k] * y[k, i[1]]));
    }
}
