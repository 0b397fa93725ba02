using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class ArithmeticTests
{
    private readonly Tensor a = tensor(new float[] { 1, -2, 3 });
    private readonly Tensor b = tensor(new float[] { 4, 5, -6 });

    [Fact]
    public void Operators()
    {
        Assert.Equal([5, 3, -3], (a + b).Floats());
        Assert.Equal([-3, -7, 9], (a - b).Floats());
        Assert.Equal([4, -10, -18], (a * b).Floats());
        Assert.Equal([0.25f, -0.4f, -0.5f], (a / b).Floats());
        Assert.Equal([2, -1, 4], (a + 1).Floats());
        Assert.Equal([0, 3, -2], (1 - a).Floats());
        Assert.Equal([2, -4, 6], (2.0 * a).Floats());
        Assert.Equal([6, -3, 2], (6f / a).Floats());
        Assert.Equal([0.5f, -1, 1.5f], (a / 2L).Floats());
        Assert.Equal([1, 0, 1], (a % 2).Floats());
        Assert.Equal([-1, 2, -3], (-a).Floats());
        Assert.Equal([true, false, true], (a > 0).Bools());
        Assert.Equal([false, false, true], (a >= 3).Bools());
        Assert.Equal([true, true, false], (a < b).Bools());
        Assert.Equal([false, true, false], (a == -2).Bools());
        Assert.Equal([true, false, true], (a != -2).Bools());
        Assert.Equal([false, false, false], ((a > 0) & ~(a > 0)).Bools());
    }

    [Fact]
    public void In_place_gives_the_same_object()
    {
        Assert.Same(a, a.add_(b, alpha: 2));
        Assert.Equal([9, 8, -9], a.Floats());
        Assert.Same(a, a.mul_(2).sub_(1).div_(b).clamp_(min: -1, max: 3));
        Assert.Equal([3, 3, 3], a.Floats());
        Assert.Equal([2, 2, 2], a.fill_(2).Floats());
        Assert.Equal([8, 8, 8], a.pow_(3).Floats());
    }

    [Fact]
    public void Elementwise_functions()
    {
        using var x = tensor(new double[] { 0.25, 1, 4 });
        Numbers.Close([0.5, 1, 2], x.sqrt());
        Numbers.Close([2, 1, 0.5], x.rsqrt());
        Numbers.Close([Math.Exp(0.25), Math.E, Math.Exp(4)], x.exp(), 1e-12);
        Numbers.Close([Math.Log(0.25), 0, Math.Log(4)], x.log(), 1e-12);
        Numbers.Close([Math.Sin(0.25), Math.Sin(1), Math.Sin(4)], torch.sin(x), 1e-12);
        Numbers.Close([Math.Tanh(0.25), Math.Tanh(1), Math.Tanh(4)], x.tanh(), 1e-12);
        Numbers.Close([1 / (1 + Math.Exp(-0.25)), 1 / (1 + Math.Exp(-1)), 1 / (1 + Math.Exp(-4))], x.sigmoid(), 1e-12);
        Assert.Equal([1, 2, 3], a.abs().Floats());
        Assert.Equal([1, 0, 3], a.relu().Floats());
        Assert.Equal([0, 1, 4], x.round().Doubles());
        Assert.Equal([0.3, 1, 4], x.add(0.001).round(1).Doubles());
        Assert.Equal([2, -3], tensor(new float[] { 5, -5 }).div(2, RoundingMode.floor).Floats());
        Assert.Equal([2, -2], tensor(new float[] { 5, -5 }).div(2, RoundingMode.trunc).Floats());
    }

    [Fact]
    public void Finiteness()
    {
        using var x = tensor(new[] { 1f, float.NaN, float.PositiveInfinity });
        Assert.Equal([false, true, false], x.isnan().Bools());
        Assert.Equal([false, false, true], x.isinf().Bools());
        Assert.Equal([true, false, false], x.isfinite().Bools());
        Assert.Equal([1, 0, float.MaxValue], x.nan_to_num().Floats());
        Assert.False(x.isfinite().all().item<bool>());
        Assert.True(x.isnan().any().ToBoolean());
    }

    [Fact]
    public void Bounds()
    {
        Assert.Equal([1, -1, 1], a.clamp(-1, 1).Floats());
        Assert.Equal([1, 0, 3], a.clamp(min: 0.ToScalar()).Floats());
        Assert.Equal([4, 5, 3], a.maximum(b).Floats());
        Assert.Equal([1, -2, -6], torch.minimum(a, b).Floats());
        Assert.Equal([4, -2, -6], torch.where(a > b.abs(), a, tensor(new float[] { 4, -2, -6 })).Floats());
    }

    [Fact]
    public void Numbers_become_tensors()
    {
        Tensor one = 1f;
        Assert.Equal(float32, one.dtype);
        Tensor list = new long[] { 1, 2 };
        Assert.Equal([1L, 2], list.Longs());
        Assert.Equal(3, (int)tensor(3.7f));
        Assert.Equal(2.5, (double)tensor(2.5f));
        Assert.Throws<InvalidOperationException>(() => { Tensor _ = 1.ToScalar(); });
    }
}
