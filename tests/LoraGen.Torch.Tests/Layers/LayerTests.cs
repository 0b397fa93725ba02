namespace LoraGen.Torch.Tests.Layers;

public sealed class LayerTests
{
    [Semantics("nn.Linear", "Linear.set_weight")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Linear_multiplies_by_its_weight_and_adds_its_bias(ScalarType type)
    {
        foreach (var (inputs, outputs) in new[] { (3L, 3L), (5L, 2L) })
        {
            using var layer = nn.Linear(inputs, outputs, dtype: type);
            using var bare = nn.Linear(inputs, outputs, hasBias: false, dtype: type);
            bare.weight = new TorchSharp.Modules.Parameter(layer.weight.detach().clone());
            var x = Numbers.Some(1, 2, 4, inputs).ToTensor(type);
            var (input, weight, bias) = (Numbers.Of(x), Numbers.Of(layer.weight), Numbers.Of(layer.bias!));
            var product = Numbers.Of([2, 4, outputs], i => Numbers.Sum(inputs, k => input[i[0], i[1], k] * weight[i[2], k]));
            Assert.Null(bare.bias);
            ExpectNumbers.Close(product, bare.call(x));
            ExpectNumbers.Close(Numbers.Of(product.Shape, i => product[i] + bias[i[2]]), layer.call(x));
            Assert.All(weight.Values.Concat(bias.Values), value => Assert.InRange(Math.Abs(value), 0, 1 / Math.Sqrt(inputs)));
        }
    }

    // What takes the place of a weight that is quantised.
    [Semantics("Linear.set_weight", "Tensor.expand", "Parameter.new")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void A_parameter_of_one_expanded_element_has_the_shape_of_a_weight_and_no_memory_of_its_own(ScalarType type)
    {
        using var layer = nn.Linear(3, 2, dtype: type);
        var one = full(1L, 1L, double.NaN, dtype: type);
        layer.weight = new TorchSharp.Modules.Parameter(one.expand(2, 3), requires_grad: false);
        ExpectNumbers.Same(Numbers.Of([2, 3], _ => double.NaN), layer.weight);
        Assert.Equal([0L, 0L], layer.weight.stride());
        Assert.False(layer.weight.requires_grad);
        ExpectNumbers.Same(Numbers.Of([4, 2], _ => double.NaN), layer.call(ones(4, 3, dtype: type)));

        // It is the registered one, and sees what the element becomes.
        one.fill_(2);
        Assert.Equal(2, layer.state_dict()["weight"][1, 2].to(ScalarType.Float64).item<double>());
    }

    [Semantics("Linear.set_bias")]
    [Fact]
    public void Linear_computes_with_the_bias_that_is_set()
    {
        using var layer = nn.Linear(3, 2);
        var before = Numbers.Of(layer.forward(ones(3)));
        var old = Numbers.Of(layer.bias!);
        layer.bias = new TorchSharp.Modules.Parameter(tensor(new[] { 2f, -1f }));
        ExpectNumbers.Close(Numbers.Of([2], i => before[i] - old[i] + (i[0] == 0 ? 2 : -1)), layer.forward(ones(3)));
        Assert.Equal(2, layer.state_dict()["bias"][0].item<float>());
    }

    [Semantics("Convolution.set_weight", "Convolution.set_bias")]
    [Fact]
    public void A_convolution_computes_with_the_weight_and_the_bias_that_are_set()
    {
        using var layer = nn.Conv1d(2, 3, 1);
        var weight = Numbers.Some(4, 3, 2, 1);
        layer.weight = new TorchSharp.Modules.Parameter(weight.ToTensor(ScalarType.Float32));
        layer.bias = new TorchSharp.Modules.Parameter(tensor(new[] { 1f, 2f, 3f }));
        var x = Numbers.Some(5, 1, 2, 4);
        ExpectNumbers.Close(
            Numbers.Of([1, 3, 4], i => i[1] + 1 + Numbers.Sum(2, k => weight[i[1], k, 0] * x[0, k, i[2]])), layer.forward(x.ToTensor(ScalarType.Float32)));
        Assert.Equal(3, layer.state_dict()["bias"][2].item<float>());
    }

    [Semantics("nn.LayerNorm")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Layer_norm_takes_the_mean_away_and_divides_by_the_deviation(ScalarType type)
    {
        foreach (var (rows, width) in new[] { (3L, 3L), (2L, 5L) })
        {
            using var layer = nn.LayerNorm(width, 0.1, dtype: type);
            using var noGrad = no_grad();
            ExpectNumbers.Same(Numbers.Of([width], _ => 1), layer.weight!);
            ExpectNumbers.Same(Numbers.Of([width], _ => 0), layer.bias!);
            layer.weight!.copy_(Numbers.Some(1, width).ToTensor(type));
            layer.bias!.copy_(Numbers.Some(2, width).ToTensor(type));

            var x = Numbers.Some(3, rows, width).ToTensor(type);
            var (input, weight, bias) = (Numbers.Of(x), Numbers.Of(layer.weight), Numbers.Of(layer.bias));
            ExpectNumbers.Close(Numbers.Of([rows, width], i => (Normal(input, i) * weight[i[1]]) + bias[i[1]]), layer.call(x));

            double Normal(Numbers of, long[] i)
            {
                var mean = Numbers.Sum(width, k => of[i[0], k]) / width;
                var variance = Numbers.Sum(width, k => (of[i[0], k] - mean) * (of[i[0], k] - mean)) / width;
                return (of[i] - mean) / Math.Sqrt(variance + 0.1);
            }
        }
    }

    [Semantics("nn.Dropout", "Module.train", "Module.eval")]
    [Fact]
    public void Dropout_drops_in_training_only()
    {
        using var layer = nn.Dropout(0.25);
        var x = ones([4000]);
        random.manual_seed(1);
        layer.train();
        Assert.InRange(Numbers.Of(layer.call(x)).Values.Count(value => value == 0), 900, 1100);
        layer.eval();
        ExpectNumbers.Same(Numbers.Of([4000], _ => 1), layer.call(x));
    }

    [Fact]
    public void Gradients_of_the_layers_are_right()
    {
        using var linear = nn.Linear(3, 2, dtype: ScalarType.Float64);
        using var norm = nn.LayerNorm(3, dtype: ScalarType.Float64);
        Gradient.IsRight(x => linear.call(x[0]), Numbers.Some(1, 2, 3));
        Gradient.IsRight(x => norm.call(x[0]), Numbers.Some(1, 2, 3));
    }
}
