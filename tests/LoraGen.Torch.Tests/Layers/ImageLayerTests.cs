using LoraGen.Torch.Tests.Convolutions;

namespace LoraGen.Torch.Tests.Layers;

public sealed class ImageLayerTests
{
    [Semantics("nn.Conv2d")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void A_convolution_moves_its_weight(ScalarType type)
    {
        using var layer = nn.Conv2d(2, 4, 3, stride: 2, padding: 1, bias: false, dtype: type);
        var x = Numbers.Some(1, 2, 2, 6, 5).ToTensor(type);
        var expected = new Movement([2, 2], [1, 1], [1, 1]).Convolve(Numbers.Of(x), Numbers.Of(layer.weight));

        Assert.Null(layer.bias);
        ExpectNumbers.Close(expected, layer.call(x));
    }

    [Semantics("nn.BatchNorm2d")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void A_batch_norm_in_evaluation_mode_uses_and_keeps_its_running_statistics(ScalarType type)
    {
        using var norm = nn.BatchNorm2d(3, dtype: type);
        using var noGrad = no_grad();
        norm.running_mean!.copy_(Numbers.Some(1, 3).ToTensor(type));
        norm.running_var!.copy_(Numbers.Some(2, 3).ToTensor(type).abs());
        norm.weight!.copy_(Numbers.Some(3, 3).ToTensor(type));
        norm.bias!.copy_(Numbers.Some(4, 3).ToTensor(type));
        var x = Numbers.Some(5, 2, 3, 2, 2).ToTensor(type);
        var (input, mean, variance) = (Numbers.Of(x), Numbers.Of(norm.running_mean), Numbers.Of(norm.running_var));
        var (weight, bias) = (Numbers.Of(norm.weight), Numbers.Of(norm.bias));

        norm.eval();
        ExpectNumbers.Close(
            Numbers.Of(input.Shape, i => ((input[i] - mean[i[1]]) / Math.Sqrt(variance[i[1]] + 1e-5) * weight[i[1]]) + bias[i[1]]), norm.call(x));
        ExpectNumbers.Same(mean, norm.running_mean);
        ExpectNumbers.Same(variance, norm.running_var);
    }
}
