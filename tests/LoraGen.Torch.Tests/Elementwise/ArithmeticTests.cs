namespace LoraGen.Torch.Tests.Elementwise;

/// <summary>Arithmetic of two tensors or of a tensor and a number.</summary>
public sealed class ArithmeticTests
{
    private static readonly (long[] Left, long[] Right)[] Shapes =
        [([3, 3], [3, 3]), ([2, 3], [3]), ([2, 1, 3], [4, 1]), ([3, 1], [1, 3]), ([3], [2, 3])];

    [Semantics("Tensor.op_Addition")]
    [Fact]
    public void A_whole_number_is_added_to_each_whole_number()
    {
        Assert.Equal([4, 1], (tensor(new long[] { 1, -2 }) + 3L).data<long>().ToArray());
    }

    [Semantics("Tensor.add", "Tensor.op_Addition", "Tensor.op_Subtraction", "Tensor.op_Multiply", "Tensor.op_Division")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Two_tensors_are_broadcast_to_one_shape(ScalarType type)
    {
        foreach (var (left, right) in Shapes)
        {
            var (x, y) = (Numbers.Some(1, left).ToTensor(type), Numbers.Some(2, right).ToTensor(type));
            Is(x, y, x.add(y), (a, b) => a + b);
            Is(x, y, x.add(y, alpha: 2), (a, b) => a + (2 * b));
            Is(x, y, x + y, (a, b) => a + b);
            Is(x, y, x - y, (a, b) => a - b);
            Is(x, y, x * y, (a, b) => a * b);
            Is(x, y, x / y, (a, b) => a / b);
        }
    }

    [Semantics("torch.addcmul")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Addcmul_adds_a_multiple_of_the_product(ScalarType type)
    {
        var (x, y, z) = (Numbers.Some(1, 3).ToTensor(type), Numbers.Some(2, 2, 3).ToTensor(type), Numbers.Some(3, 3).ToTensor(type));
        var (a, b, c) = (Numbers.Of(x), Numbers.Of(y), Numbers.Of(z));
        ExpectNumbers.Close(Numbers.Of([2, 3], i => a[i[1]] + (b[i[0], i[1]] * c[i[1]])), addcmul(x, y, z, 1));
        ExpectNumbers.Close(Numbers.Of([2, 3], i => a[i[1]] + (3 * b[i[0], i[1]] * c[i[1]])), addcmul(x, y, z, 3));
    }

    [Semantics("Tensor.mul", "Tensor.sub", "Scalar.op_Implicit")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void A_number_is_applied_to_every_element_and_the_type_stays(ScalarType type)
    {
        var x = Numbers.Some(1, 2, 3).ToTensor(type);
        Is(x, x.mul(0.3), a => a * 0.3);
        Is(x, x.mul(0.5f), a => a * 0.5);
        Is(x, x.sub(1), a => a - 1);
        Is(x, x.sub(3L), a => a - 3);
        Is(x, x + 0.7, a => a + 0.7);
        Is(x, x * 0.7, a => a * 0.7);
        Is(x, x / 0.7, a => a / 0.7);
    }

    [Fact]
    public void Integers_stay_integers_by_whole_numbers()
    {
        var x = tensor(new long[] { 5, 1L << 53, -7 });
        var difference = x.sub(1);
        Assert.Equal(ScalarType.Int64, difference.dtype);
        Assert.Equal([4, (1L << 53) - 1, -8], difference.data<long>().ToArray());
    }

    [Semantics("Tensor.add_", "Tensor.mul_")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void In_place_operations_write_into_the_tensor_and_return_it(ScalarType type)
    {
        var (x, y) = (Numbers.Some(1, 2, 3).ToTensor(type), Numbers.Some(2, 3).ToTensor(type));
        var (before, added) = (Numbers.Of(x), Numbers.Of(y));
        var view = x.view(-1);

        var sum = x.add_(y);
        ExpectNumbers.Close(Numbers.Of([2, 3], i => before[i] + added[i[1]]), x);
        ExpectNumbers.Same(Numbers.Of(x), sum);
        var afterAdding = Numbers.Of(x);
        var product = x.mul_(0.3);
        ExpectNumbers.Close(afterAdding.Map(a => a * 0.3), x);
        ExpectNumbers.Same(Numbers.Of(x), product);
        ExpectNumbers.Same(Numbers.Of(x), view.view(2, 3));
        ExpectNumbers.Same(added, y);
    }

    [Semantics("Tensor.addcmul_")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void In_place_operations_take_multiples_and_numbers(ScalarType type)
    {
        var (x, y, z) = (Numbers.Some(1, 2, 3).ToTensor(type), Numbers.Some(2, 2, 3).ToTensor(type), Numbers.Some(3, 2, 3).ToTensor(type));
        var (b, c) = (Numbers.Of(y), Numbers.Of(z));
        Is(() => x.add_(0.5), (a, _) => a + 0.5);
        Is(() => x.add_(y, alpha: -0.25), (a, i) => a - (0.25 * b[i]));
        Is(() => x.addcmul_(y, z, value: 0.3), (a, i) => a + (0.3 * b[i] * c[i]));
        ExpectNumbers.Same(b, y);
        ExpectNumbers.Same(c, z);

        void Is(Func<Tensor> change, Func<double, long[], double> element)
        {
            var before = Numbers.Of(x);
            var result = change();
            ExpectNumbers.Close(Numbers.Of([2, 3], i => element(before[i], i)), x);
            ExpectNumbers.Same(Numbers.Of(x), result);
        }
    }

    [Fact]
    public void Gradients_of_the_arithmetic_are_right()
    {
        foreach (var (left, right) in Shapes)
        {
            var (a, b) = (Numbers.Some(1, left), Numbers.Some(2, right));
            Gradient.IsRight(x => x[0] + x[1], a, b);
            Gradient.IsRight(x => x[0] - x[1], a, b);
            Gradient.IsRight(x => x[0] * x[1], a, b);
            Gradient.IsRight(x => x[0] / x[1], a, b.Map(value => 3 + value));
            Gradient.IsRight(x => (x[0] * 2.0).add_(x[1].mul(0.5).expand(Broadcast(left, right))).mul_(3), Expanded(a, Broadcast(left, right)), b);
        }
    }

    private static void Is(Tensor x, Tensor y, Tensor result, Func<double, double, double> definition)
    {
        Assert.Equal(x.dtype, result.dtype);
        var shape = Broadcast(x.shape, y.shape);
        var (a, b) = (Expanded(Numbers.Of(x), shape), Expanded(Numbers.Of(y), shape));
        ExpectNumbers.Close(Numbers.Of(shape, i => definition(a[i], b[i])), result);
    }

    private static void Is(Tensor x, Tensor result, Func<double, double> definition)
    {
        Assert.Equal(x.dtype, result.dtype);
        ExpectNumbers.Close(Numbers.Of(x).Map(definition), result);
    }

    private static long[] Broadcast(long[] left, long[] right)
    {
        var dimensions = Math.Max(left.Length, right.Length);
        return [.. Enumerable.Range(0, dimensions).Select(d => Math.Max(At(left, d), At(right, d)))];

        long At(long[] shape, int dimension) => dimension < dimensions - shape.Length ? 1 : shape[dimension - (dimensions - shape.Length)];
    }

    private static Numbers Expanded(Numbers numbers, long[] shape)
    {
        var missing = shape.Length - numbers.Shape.Length;
        return Numbers.Of(shape, i => numbers[[.. numbers.Shape.Select((size, d) => size == 1 ? 0 : i[d + missing])]]);
    }
}
