using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class PoolingTests
{
    // Rows 1 2 3 4, 5 6 7 8, …
    private static Tensor Image() => arange(1, 17, ScalarType.Float32).reshape(1, 1, 4, 4);

    [Fact]
    public void MaxPool2d_takes_the_largest()
    {
        nn.MaxPool2d(2).call(Image()).Floats().Near(6, 8, 14, 16);
        nn.MaxPool2d(2, stride: 1).call(Image()).Floats().Near(6, 7, 8, 10, 11, 12, 14, 15, 16);
        nn.MaxPool2d((1, 4)).call(Image()).Floats().Near(4, 8, 12, 16);
        nn.MaxPool2d([4, 1]).call(Image()).Floats().Near(13, 14, 15, 16);
        Assert.Equal([1, 1, 3, 3], nn.MaxPool2d(2, padding: 1).call(Image()).shape);
        Assert.Equal([1, 1, 2, 2], nn.MaxPool2d(3, stride: 2, ceil_mode: true).call(Image()).shape);

        var (values, indices) = nn.MaxPool2d(2).forward_with_indices(Image());
        values.Floats().Near(6, 8, 14, 16);
        Assert.Equal([5L, 7, 13, 15], indices.data<long>().ToArray());
    }

    [Fact]
    public void AvgPool2d_takes_the_mean()
    {
        nn.AvgPool2d(2).call(Image()).Floats().Near(3.5, 5.5, 11.5, 13.5);
        nn.AvgPool2d((1, 4)).call(Image()).Floats().Near(2.5, 6.5, 10.5, 14.5);
        nn.AvgPool2d([4, 4], divisor_override: 2).call(Image()).Floats().Near(136 / 2.0);
        nn.AvgPool2d(2, padding: 1, count_include_pad: false).call(Image()).Floats()[..3].Near(1, 2.5, 4);
        nn.AvgPool2d(2, padding: 1).call(Image()).Floats()[..3].Near(0.25, 1.25, 1);
    }

    [Fact]
    public void AdaptiveAvgPool2d_gives_the_size_asked_for()
    {
        nn.AdaptiveAvgPool2d(1).call(Image()).Floats().Near(8.5);
        nn.AdaptiveAvgPool2d((2, 1)).call(Image()).Floats().Near(4.5, 12.5);
        nn.AdaptiveAvgPool2d([2, 2]).call(Image()).Floats().Near(3.5, 5.5, 11.5, 13.5);
    }

    [Fact]
    public void Functions_are_those_of_the_modules()
    {
        nn.functional.max_pool2d(Image(), (2, 4)).Floats().Near(8, 16);
        nn.functional.max_pool2d(Image(), 2).Floats().Near(6, 8, 14, 16);
        nn.functional.avg_pool2d(Image(), (2, 4)).Floats().Near(4.5, 12.5);
        nn.functional.avg_pool2d(Image(), 2).Floats().Near(3.5, 5.5, 11.5, 13.5);
        nn.functional.adaptive_avg_pool2d(Image(), 1).Floats().Near(8.5);
        nn.functional.adaptive_avg_pool2d(Image(), (2, 1)).Floats().Near(4.5, 12.5);
    }

    [Fact]
    public void PReLU_scales_what_is_negative()
    {
        using var one = nn.PReLU(1);
        one.call(tensor(new float[] { -4, 4 }).reshape(1, 2)).Floats().Near(-1, 4);

        using var each = nn.PReLU(2, init: 0.5, dtype: ScalarType.Float64);
        Assert.Equal([2], each.weight.shape);
        Assert.Equal(ScalarType.Float64, each.weight.dtype);
        Assert.Equal(["weight"], each.state_dict().Keys);
        each.weight = nn.Parameter(tensor(new double[] { 0.5, 2 }));
        each.call(tensor(new double[] { -4, -4 }).reshape(1, 2)).Floats().Near(-2, -8);
    }
}
