namespace LoraGen.Torch.Tests.Sampling;

/// <summary>Distributions by their moments and frequencies, of fixed seeds.</summary>
public sealed class RandomTests
{
    private const int Count = 40000;

    [Semantics("random.manual_seed", "torch.randn")]
    [Fact]
    public void A_seed_gives_the_same_numbers_again()
    {
        random.manual_seed(5);
        var first = Numbers.Of(randn(3, 4));
        var second = Numbers.Of(randn(3, 4));
        random.manual_seed(5);
        ExpectNumbers.Same(first, randn(3, 4));
        Assert.NotEqual(first.Values, second.Values);
    }

    [Semantics("init.normal_")]
    [Fact]
    public void Normal_numbers_have_the_mean_and_the_deviation_that_they_are_given()
    {
        random.manual_seed(1);
        IsNormal(0, 1, randn(200, Count / 200));
        var x = empty([Count]);
        var returned = nn.init.normal_(x, 3, 0.25);
        IsNormal(3, 0.25, x);
        ExpectNumbers.Same(Numbers.Of(x), returned);
        IsNormal(0, 1, nn.init.normal_(x));
    }

    [Semantics("init.kaiming_uniform_")]
    [Fact]
    public void Kaiming_uniform_is_even_up_to_its_bound_by_the_inputs_of_an_output()
    {
        random.manual_seed(1);
        // gain · √(3 / inputs), with the gain √(2 / (1 + a²)) of a leaky ReLU: for a = √5 that is 1 / √inputs.
        IsUniform(1 / Math.Sqrt(20), nn.init.kaiming_uniform_(empty([2000, 20]), Math.Sqrt(5)));
        IsUniform(1 / Math.Sqrt(2000), nn.init.kaiming_uniform_(empty([20, 2000]), Math.Sqrt(5)));
        IsUniform(1 / Math.Sqrt(4 * 9), nn.init.kaiming_uniform_(empty([1000, 4, 3, 3]), Math.Sqrt(5)));

        static void IsUniform(double bound, Tensor actual)
        {
            var values = Numbers.Of(actual).Values;
            Assert.InRange(values.Max(), bound * 0.999, bound * 1.000001);
            Assert.InRange(values.Min(), -bound * 1.000001, -bound * 0.999);
            Assert.InRange(values.Average(), -bound * 0.02, bound * 0.02);
            Assert.InRange(values.Average(value => value * value), bound * bound / 3 * 0.97, bound * bound / 3 * 1.03);
        }
    }

    [Semantics("init.uniform_")]
    [Fact]
    public void Uniform_numbers_are_even_between_their_bounds()
    {
        random.manual_seed(1);
        var x = empty([40_000]);
        var returned = nn.init.uniform_(x, -0.5, 1.5);
        var values = Numbers.Of(x).Values;
        Assert.InRange(values.Min(), -0.5, -0.499);
        Assert.InRange(values.Max(), 1.499, 1.5);
        Assert.InRange(values.Average(), 0.48, 0.52);
        Assert.InRange(values.Average(value => (value - 0.5) * (value - 0.5)), 0.32, 0.347);
        ExpectNumbers.Same(Numbers.Of(x), returned);
    }

    // The C++ standard says what the first and the 10000th number of a Mersenne Twister with this seed are. A float is made of 24 of the 32 bits.
    [Semantics("Generator.new", "Tensor.uniform_")]
    [Fact]
    public void A_generator_gives_the_numbers_of_the_Mersenne_Twister_in_turn()
    {
        const uint first = 3499211612;
        const uint last = 4123659995;
        random.manual_seed(1);
        using var generator = new Generator(5489, CPU);
        var x = empty([99, 101]);
        var returned = x.uniform_(0, 1, generator);
        Assert.Equal(Unit(first), x[0, 0].item<float>());
        ExpectNumbers.Same(Numbers.Of(x), returned);
        Assert.Equal(5 * Unit(last) - 2, empty([1]).uniform_(-2, 3, generator)[0].item<float>(), 1e-6);

        using var same = new Generator(5489, CPU);
        ExpectNumbers.Same(Numbers.Of(x), empty([99, 101]).uniform_(0, 1, same));

        static float Unit(uint bits) => (bits & 0xFFFFFF) / 16777216f;
    }

    [Semantics("torch.rand")]
    [Fact]
    public void Random_numbers_are_even_from_zero_to_below_one()
    {
        random.manual_seed(1);
        var numbers = rand([Count, 1, 1], device: CPU);
        Assert.Equal(ScalarType.Float32, numbers.dtype);
        Assert.Equal([Count, 1, 1], numbers.shape);
        var values = Numbers.Of(numbers).Values;
        Assert.InRange(values.Min(), 0, 0.001);
        Assert.InRange(values.Max(), 0.999, Math.BitDecrement(1.0));
        Assert.InRange(values.Count(value => value < 0.25) / (double)Count, 0.24, 0.26);
        Assert.InRange(values.Average(), 0.49, 0.51);
    }

    [Semantics("torch.randint")]
    [Fact]
    public void Whole_numbers_are_even_from_the_first_to_before_the_last()
    {
        random.manual_seed(1);
        var numbers = randint(2L, 6L, [Count], ScalarType.Int64, CPU);
        Assert.Equal(ScalarType.Int64, numbers.dtype);
        var counts = Numbers.Of(numbers).Values.CountBy(number => number).OrderBy(entry => entry.Key).ToArray();
        Assert.Equal([2, 3, 4, 5], counts.Select(entry => (int)entry.Key));
        Assert.All(counts, entry => Assert.InRange(entry.Value, Count / 4 * 0.95, Count / 4 * 1.05));
    }

    [Semantics("init.zeros_", "init.ones_")]
    [Fact]
    public void Zeros_and_ones_overwrite_everything()
    {
        var x = Numbers.Some(1, 2, 3).ToTensor(ScalarType.BFloat16);
        nn.init.zeros_(x);
        ExpectNumbers.Same(Numbers.Of([2, 3], _ => 0), x);
        nn.init.ones_(x);
        ExpectNumbers.Same(Numbers.Of([2, 3], _ => 1), x);
    }

    [Semantics("functional.dropout")]
    [Theory, MemberData(nameof(Types.Floating), MemberType = typeof(Types))]
    public void Dropout_zeroes_by_its_probability_and_scales_what_stays(ScalarType type)
    {
        random.manual_seed(1);
        var x = ones([Count], type);
        var dropped = nn.functional.dropout(x, 0.25);
        var values = Numbers.Of(dropped).Values;
        Assert.Equal(type, dropped.dtype);
        Assert.InRange(values.Count(value => value == 0) / (double)Count, 0.24, 0.26);
        Assert.All(values.Where(value => value != 0), value => Assert.Equal(4.0 / 3, value, type is ScalarType.BFloat16 or ScalarType.Float16 ? 0.01 : 1e-6));
        ExpectNumbers.Same(Numbers.Of([Count], _ => 1), x);
        ExpectNumbers.Same(Numbers.Of([Count], _ => 1), nn.functional.dropout(x, 0.25, training: false));
    }

    [Fact]
    public void Dropout_passes_the_gradient_where_it_passed_the_input()
    {
        random.manual_seed(1);
        var x = ones([100], ScalarType.Float64).requires_grad_();
        var dropped = nn.functional.dropout(x, 0.25);
        dropped.sum().backward();
        ExpectNumbers.Same(Numbers.Of(dropped), x.grad!);
    }

    [Semantics("Tensor.multinomial", "Generator.new")]
    [Fact]
    public void Multinomial_draws_by_the_weights_of_each_row()
    {
        double[] weights = [1, 0, 5, 2];
        var rows = tensor(weights).expand(Count, 4);
        using var generator = new Generator(7, CPU);
        var drawn = Numbers.Of(rows.multinomial(1, generator: generator)).Values;
        for (var place = 0; place < 4; place++)
        {
            var share = weights[place] / 8;
            Assert.InRange(drawn.Count(value => value == place) / (double)Count, share * 0.96, share * 1.04);
        }

        using var same = new Generator(7, CPU);
        using var other = new Generator(8, CPU);
        Assert.Equal(drawn, Numbers.Of(rows.multinomial(1, generator: same)).Values);
        Assert.NotEqual(drawn, Numbers.Of(rows.multinomial(1, generator: other)).Values);
    }

    // Five standard errors, and the share of a normal distribution that lies within one deviation.
    private static void IsNormal(double mean, double deviation, Tensor actual)
    {
        var values = Numbers.Of(actual).Values;
        Assert.Equal(Count, values.Count);
        Assert.Equal(mean, values.Average(), 5 * deviation / Math.Sqrt(Count));
        Assert.Equal(deviation, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 5 * deviation / Math.Sqrt(2 * Count));
        Assert.InRange(values.Count(value => Math.Abs(value - mean) < deviation) / (double)Count, 0.6827 - 0.012, 0.6827 + 0.012);
    }
}
