using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SystemTorch.Tests.Modules;

public class InitTests
{
    private static (double Least, double Greatest, double Deviation) Spread(Tensor tensor)
    {
        var values = tensor.Floats();
        var mean = values.Average();
        return (values.Min(), values.Max(), Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }

    private static void IsUniform(Tensor tensor, double bound)
    {
        var (least, greatest, deviation) = Spread(tensor);
        Assert.InRange(least, -bound, -0.99 * bound);
        Assert.InRange(greatest, 0.99 * bound, bound);
        Assert.InRange(deviation, 0.97 * bound / Math.Sqrt(3), 1.03 * bound / Math.Sqrt(3));
    }

    [Fact]
    public void Uniform_fills_have_their_bounds()
    {
        using var t = Parameter(empty(100, 300));
        IsUniform(init.uniform_(t, -2, 2), 2);
        IsUniform(init.kaiming_uniform_(t), Math.Sqrt(6.0 / 300));
        IsUniform(init.kaiming_uniform_(t, a: Math.Sqrt(5)), Math.Sqrt(1.0 / 300));
        IsUniform(init.kaiming_uniform_(t, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.Linear), Math.Sqrt(3.0 / 100));
        IsUniform(init.xavier_uniform_(t, gain: 2), 2 * Math.Sqrt(6.0 / 400));
        IsUniform(init.xavier_normal_(t), Math.Sqrt(6.0 / 400));
        Assert.True(t.requires_grad && t.is_leaf);
    }

    [Fact]
    public void Normal_fills_have_their_deviations()
    {
        using var t = empty(100, 300);
        Assert.Equal(0.5, Spread(init.normal_(t, 1, 0.5)).Deviation, 0.02);
        Assert.Equal(Math.Sqrt(2.0 / 300), Spread(init.kaiming_normal_(t)).Deviation, 0.003);
    }

    [Fact]
    public void Constant_fills()
    {
        using var t = empty(2, 3);
        Assert.Same(t, init.ones_(t));
        t.Floats().Near(1, 1, 1, 1, 1, 1);
        init.zeros_(t).Floats().Near(0, 0, 0, 0, 0, 0);
        init.constant_(t, 2.5).Floats().Near(2.5, 2.5, 2.5, 2.5, 2.5, 2.5);
        init.eye_(t).Floats().Near(1, 0, 0, 0, 1, 0);
    }

    [Fact]
    public void Fans_and_gains()
    {
        Assert.Equal((3, 2), init.CalculateFanInAndFanOut(empty(2, 3)));
        Assert.Equal((3 * 20, 2 * 20), init.CalculateFanInAndFanOut(empty(2, 3, 4, 5)));
        Assert.Throws<ArgumentException>(() => init.CalculateFanInAndFanOut(empty(2)));
        Assert.Equal(5.0 / 3, init.calculate_gain(init.NonlinearityType.Tanh));
        Assert.Equal(Math.Sqrt(2), init.calculate_gain(init.NonlinearityType.ReLU));
        Assert.Equal(1, init.calculate_gain(init.NonlinearityType.Sigmoid));
        Assert.Equal(Math.Sqrt(2 / 1.25), init.calculate_gain(init.NonlinearityType.LeakyReLU, 0.5), 1e-12);
    }
}
