using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class FunctionalTests
{
    [Fact]
    public void Linear_is_a_product_and_a_sum()
    {
        using var x = tensor(new double[] { 1, 2 }, [1, 2]);
        using var w = tensor(new double[] { 1, 0, 0, 1, 1, 1 }, [3, 2]);
        Assert.Equal([1, 2, 3], nn.functional.linear(x, w).Doubles());
        Assert.Equal([11, 22, 33], nn.functional.linear(x, w, tensor(new double[] { 10, 20, 30 })).Doubles());
    }

    [Fact]
    public void Layer_norm_has_mean_zero_and_variance_one()
    {
        using var x = tensor(new double[] { 1, 2, 3, 10, 20, 30 }, [2, 3]);
        var scale = Math.Sqrt(2.0 / 3 + 1e-5);
        var y = nn.functional.layer_norm(x, [3]);
        Numbers.Close([-1 / scale, 0, 1 / scale], y[0], 1e-12);
        Numbers.Close([0.5 - 2 / scale, 0.5, 0.5 + 2 / scale], nn.functional.layer_norm(x, [3], full(3, 2.0, float64), full(3, 0.5, float64))[0], 1e-12);
    }

    [Fact]
    public void Cross_entropy_is_the_negative_log_probability()
    {
        using var logits = tensor(new double[] { 1, 2, 3, 0, 0, 0 }, [2, 3]);
        using var target = tensor(new long[] { 2, 1 });
        var first = -Math.Log(Math.Exp(3) / (Math.Exp(1) + Math.Exp(2) + Math.Exp(3)));
        var second = Math.Log(3);
        Numbers.Close([(first + second) / 2], nn.functional.cross_entropy(logits, target), 1e-12);
        Numbers.Close([first + second], nn.functional.cross_entropy(logits, target, reduction: nn.Reduction.Sum), 1e-12);
        Numbers.Close([first, second], nn.functional.cross_entropy(logits, target, reduction: nn.Reduction.None), 1e-12);
        using var ignored = tensor(new long[] { 2, -100 });
        Numbers.Close([first], nn.functional.cross_entropy(logits, ignored), 1e-12);
        Numbers.Close([first, second], nn.functional.nll_loss(logits.log_softmax(1), target, reduction: nn.Reduction.None), 1e-12);
    }

    [Fact]
    public void Losses()
    {
        using Tensor a = tensor(new double[] { 1, 2 }), b = tensor(new double[] { 4, 0 });
        Numbers.Close([6.5], nn.functional.mse_loss(a, b), 1e-12);
        Numbers.Close([2.5], nn.functional.l1_loss(a, b), 1e-12);
        Numbers.Close([2], nn.functional.smooth_l1_loss(a, b), 1e-12);
    }

    [Fact]
    public void Activations()
    {
        using var x = tensor(new double[] { -1, 0, 2 });
        Numbers.Close([-1 / (1 + Math.E), 0, 2 / (1 + Math.Exp(-2))], nn.functional.silu(x), 1e-12);
        Numbers.Close([-0.15865525393145707, 0, 1.9544997361036416], nn.functional.gelu(x), 1e-12);
        Numbers.Close([-0.15880800939172324, 0, 1.954597694087775], nn.functional.gelu(x, TorchSharp.Modules.GELU.Approximate.tanh), 1e-12);
        using var same = nn.functional.relu(x, inplace: true);
        Assert.Equal([0, 0, 2], x.Doubles());
        Assert.NotSame(x, same);
    }

    [Fact]
    public void Dropout_drops_and_scales()
    {
        using var x = ones(10_000);
        Assert.True(x.Equals(nn.functional.dropout(x, 0.5, training: false)));
        manual_seed(1);
        using var y = nn.functional.dropout(x, 0.25);
        var kept = y.count_nonzero().item<long>();
        Assert.InRange(kept, 7_300, 7_700);
        Numbers.Close([kept / 0.75], y.sum(), 1e-1);
    }

    [Fact]
    public void Attention_by_hand()
    {
        using var q = tensor(new double[] { 1, 0, 0, 1 }, [1, 2, 2]);
        using var v = tensor(new double[] { 1, 2, 3, 4 }, [1, 2, 2]);
        var e = Math.Exp(1 / Math.Sqrt(2));
        var high = e / (e + 1);
        var low = 1 - high;
        double[] expected = [high + 3 * low, 2 * high + 4 * low, low + 3 * high, 2 * low + 4 * high];
        Numbers.Close(expected, nn.functional.scaled_dot_product_attention(q, q, v), 1e-12);
        Numbers.Close([1, 2, expected[2], expected[3]], nn.functional.scaled_dot_product_attention(q, q, v, is_casual: true), 1e-12);
        using var mask = tensor(new[] { true, false, true, true }, [2, 2]);
        Numbers.Close([1, 2, expected[2], expected[3]], nn.functional.scaled_dot_product_attention(q, q, v, mask), 1e-12);
        using var bias = tensor(new double[] { 0, double.NegativeInfinity, 0, 0 }, [2, 2]);
        Numbers.Close([1, 2, expected[2], expected[3]], nn.functional.scaled_dot_product_attention(q, q, v, bias), 1e-12);
        Assert.Throws<ArgumentException>(() => nn.functional.scaled_dot_product_attention(q, q, v, mask, is_casual: true));
    }

    [Fact]
    public void Others()
    {
        Assert.Equal([1L, 0, 0, 0, 0, 1], nn.functional.one_hot(tensor(new long[] { 0, 2 })).Longs());
        Assert.Throws<ArgumentException>(() => nn.functional.one_hot(ones(2)));
        Assert.Equal([0, 1, 1, 0, 0], nn.functional.pad(ones(2), (1, 2)).Floats());
        Assert.Equal([1, 1, 1, 1], nn.functional.pad(ones(2), 1, PaddingModes.Constant, 1).Floats());
        Numbers.Close([0.6, 0.8], nn.functional.normalize(tensor(new double[] { 3, 4 }), dim: 0), 1e-12);
    }
}
