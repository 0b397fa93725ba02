using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class ReductionTests
{
    private readonly Tensor a = tensor(new double[] { 1, 5, 3, 4, 2, 6 }, [2, 3]);

    [Fact]
    public void Sums_and_means()
    {
        Assert.Equal(21, a.sum().item<double>());
        Assert.Equal([9, 12], a.sum(1).Doubles());
        Assert.Equal([2, 1], a.sum(1, keepdim: true).shape);
        Assert.Equal([5, 7, 9], a.sum([0L]).Doubles());
        Assert.Equal(float32, a.sum(0, type: float32).dtype);
        Assert.Equal(3.5, a.mean().item<double>());
        Assert.Equal([2.5, 3.5, 4.5], a.mean([0L]).Doubles());
        Assert.Equal(720, a.prod().item<double>());
        Assert.Equal([1, 6, 9, 4, 6, 12], a.cumsum(1).Doubles());
    }

    [Fact]
    public void Spread()
    {
        Numbers.Close([3.5], a.var(), 1e-12);
        Numbers.Close([17.5 / 6], a.var(unbiased: false), 1e-12);
        Numbers.Close([2, 2], a.std(1), 1e-12);
        Numbers.Close([Math.Sqrt(91)], a.norm(), 1e-12);
        Numbers.Close([9, 12], a.norm(1, p: 1), 1e-12);
    }

    [Fact]
    public void Extremes()
    {
        Assert.Equal(6, a.max().item<double>());
        var (values, indexes) = a.max(1);
        Assert.Equal([5, 6], values.Doubles());
        Assert.Equal([1L, 2], indexes.Longs());
        Assert.Equal([1, 2], a.min(1).values.Doubles());
        Assert.Equal(5, a.argmax().item<long>());
        Assert.Equal([0L, 1], a.argmin(1).Longs());
        Assert.Equal([5, 3], a.topk(2).values[0].Doubles());
        Assert.Equal([4, 5, 6], a.amax(0).Doubles());
    }

    [Fact]
    public void Order()
    {
        var (values, indices) = a.sort(1, descending: true);
        Assert.Equal([5, 3, 1, 6, 4, 2], values.Doubles());
        Assert.Equal([1L, 2, 0, 2, 0, 1], indices.Longs());
        Assert.Equal([0L, 2, 1, 1, 0, 2], a.argsort(1).Longs());
        var (unique, inverse, counts) = tensor(new long[] { 3, 1, 3 }).unique(return_inverse: true, return_counts: true);
        Assert.Equal([1L, 3], unique.Longs());
        Assert.Equal([1L, 0, 1], inverse.Longs());
        Assert.Equal([1L, 2], counts.Longs());
    }

    [Fact]
    public void Softmaxes_sum_to_one()
    {
        Numbers.Close([1, 1], a.softmax(1).sum(1), 1e-12);
        Numbers.Close(a.softmax(1).Doubles(), a.log_softmax(1).exp(), 1e-12);
        Numbers.Close([Math.Log(Math.E + Math.Exp(5) + Math.Exp(3)), Math.Log(Math.Exp(4) + Math.Exp(2) + Math.Exp(6))], a.logsumexp(1), 1e-12);
    }
}
