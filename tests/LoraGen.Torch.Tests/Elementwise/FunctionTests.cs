using static TorchSharp.torch.nn.functional;

namespace LoraGen.Torch.Tests.Elementwise;

/// <summary>Functions of one tensor, element by element.</summary>
public sealed class FunctionTests
{
    [Semantics("Tensor.sin", "Tensor.cos", "Tensor.tanh", "Tensor.sigmoid", "Tensor.square", "Tensor.pow", "Tensor.op_UnaryNegation", "torch.rsqrt")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Functions_are_those_of_their_names(ScalarType type)
    {
        Is(type, x => x.sin(), Math.Sin);
        Is(type, x => x.cos(), Math.Cos);
        Is(type, x => x.tanh(), Math.Tanh);
        Is(type, x => x.sigmoid(), x => 1 / (1 + Math.Exp(-x)));
        Is(type, x => x.square(), x => x * x);
        Is(type, x => x.pow(2), x => x * x);
        Is(type, x => x.pow(3), x => x * x * x);
        Is(type, x => -x, x => -x);
        Is(type, x => rsqrt(x.square()), x => 1 / Math.Abs(x));
    }

    [Semantics("Tensor.abs")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void The_absolute_value_has_no_sign(ScalarType type) => Is(type, x => x.abs(), Math.Abs);

    [Semantics("Tensor.sqrt", "Tensor.clamp_min", "Tensor.clamp_max")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Roots_are_of_what_is_not_negative_and_a_least_replaces_what_is_below(ScalarType type)
    {
        Is(type, x => x.square().sqrt(), Math.Abs);
        Is(type, x => x.clamp_min(0.5), x => Math.Max(x, 0.5));
        Is(type, x => x.clamp_max(0.5), x => Math.Min(x, 0.5));
    }

    [Semantics("functional.relu", "functional.silu", "functional.gelu", "Tensor.relu")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Activations_are_those_of_their_definitions(ScalarType type)
    {
        Is(type, x => relu(x), x => Math.Max(x, 0));
        Is(type, x => x.relu(), x => Math.Max(x, 0));
        Is(type, x => silu(x), x => x / (1 + Math.Exp(-x)));
        Is(type, x => gelu(x), x => x * (1 + Erf(x / Math.Sqrt(2))) / 2);
        Is(type, x => gelu(x, TorchSharp.Modules.GELU.Approximate.tanh), x => x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))) / 2);
        Is(type, x => gelu(x, TorchSharp.Modules.GELU.Approximate.none), x => x * (1 + Erf(x / Math.Sqrt(2))) / 2);
    }

    [Semantics("Tensor.isfinite", "Tensor.logical_not")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Isfinite_is_false_for_infinities_and_nan(ScalarType type)
    {
        var x = tensor(new[] { 1.0, double.NaN, double.PositiveInfinity, -0.0, double.NegativeInfinity }).to(type);
        ExpectNumbers.Same(Row(1, 0, 0, 1, 0), x.isfinite());
        ExpectNumbers.Same(Row(0, 1, 1, 0, 1), x.isfinite().logical_not());
        ExpectNumbers.Same(Row(0, 0, 0, 1, 0), x.logical_not());
    }

    [Semantics("Tensor.isnan")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Isnan_is_true_for_nan_only(ScalarType type)
    {
        var x = tensor(new[] { 1.0, double.NaN, double.PositiveInfinity, -0.0, double.NegativeInfinity }).to(type);
        ExpectNumbers.Same(Row(0, 1, 0, 0, 0), x.isnan());
    }

    [Fact]
    public void Gradients_of_the_functions_are_right()
    {
        var input = Numbers.Some(1, 3, 3);
        Func<Tensor, Tensor>[] functions =
        [
            x => x.sin(), x => x.cos(), x => x.tanh(), x => x.square(), x => x.pow(3), x => -x, x => rsqrt(x.square()), x => relu(x), x => silu(x),
            x => gelu(x), x => gelu(x, TorchSharp.Modules.GELU.Approximate.tanh),
        ];
        foreach (var function in functions)
            Gradient.IsRight(x => function(x[0]), input);
    }

    private static void Is(ScalarType type, Func<Tensor, Tensor> operation, Func<double, double> definition)
    {
        var x = Numbers.Some(1, 3, 5).ToTensor(type);
        var result = operation(x);
        Assert.Equal(type, result.dtype);
        ExpectNumbers.Close(Numbers.Of(x).Map(definition), result);
    }

    private static Numbers Row(params double[] values) => Numbers.Of([values.Length], i => values[i[0]]);

    // By its power series, which converges fast where |x| is below 3.
    private static double Erf(double x)
    {
        var (sum, term) = (x, x);
        for (var n = 1; n < 60; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return sum * 2 / Math.Sqrt(Math.PI);
    }
}
