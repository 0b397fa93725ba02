using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class GradientClippingTests
{
    private static Parameter WithGradient(params float[] gradient)
    {
        var parameter = nn.Parameter(zeros(gradient.Length));
        using var grad = tensor(gradient);
        parameter.grad = grad;
        return parameter;
    }

    [Theory]
    [InlineData(2.0, 5.0)]
    [InlineData(1.0, 7.0)]
    [InlineData(double.PositiveInfinity, 4.0)]
    [InlineData(0.0, 2.0)]
    public void The_norm_over_all_gradients_comes_back_and_they_are_scaled_to_it(double type, double norm)
    {
        using var a = WithGradient(3);
        using var b = WithGradient(0, -4);
        using var none = nn.Parameter(ones(1));

        Assert.Equal(norm, nn.utils.clip_grad_norm_([a, b, none], max_norm: 1, type), 1e-6);
        a.grad!.Floats().Near(3 / norm);
        b.grad!.Floats().Near(0, -4 / norm);
    }

    [Fact]
    public void Small_gradients_stay()
    {
        using var a = WithGradient(3, 4);
        Assert.Equal(5, nn.utils.clip_grad_norm_([a], max_norm: 10), 1e-6);
        a.grad!.Floats().Near(3, 4);
        using var none = nn.Parameter(ones(1));
        Assert.Equal(0, nn.utils.clip_grad_norm_([none], max_norm: 1));
    }

    [Fact]
    public void Values_are_clamped()
    {
        using var a = WithGradient(3, -4, 0.5f);
        nn.utils.clip_grad_value_([a], 1);
        a.grad!.Floats().Near(1, -1, 0.5);
    }

    [Fact]
    public void Parameters_join_to_a_vector()
    {
        using var a = nn.Parameter(ones(2, 2));
        using var b = nn.Parameter(zeros(1));
        nn.utils.parameters_to_vector([a, b]).Floats().Near(1, 1, 1, 1, 0);
    }
}
