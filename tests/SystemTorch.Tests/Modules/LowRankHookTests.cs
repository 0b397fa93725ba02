using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

/// <summary>The use that all of this is for: a low-rank update that a forward hook adds to a frozen linear layer.</summary>
public class LowRankHookTests
{
    private const double Scale = 2;

    private readonly Linear _linear;
    private readonly Parameter _a;
    private readonly Parameter _b;
    private readonly Tensor _x;
    private readonly Tensor _target;
    private int _calls;

    public LowRankHookTests()
    {
        _linear = nn.Linear(6, 4);
        _linear.weight.requires_grad = false;
        _linear.bias!.requires_grad = false;
        _a = nn.Parameter(randn(2, 6));
        _b = nn.Parameter(zeros(4, 2));
        (_x, _target) = (randn(5, 6), randn(5, 4));
        _linear.register_forward_hook((_, input, output) =>
        {
            _calls++;
            return output + input.matmul(_a.t()).matmul(_b.t()) * Scale;
        });
    }

    private Tensor Loss() => nn.functional.mse_loss(_linear.call(_x), _target);

    [Fact]
    public void While_B_is_zero_the_output_is_the_plain_one_and_only_B_gets_a_gradient()
    {
        Assert.Equal(_linear.forward(_x).Floats(), _linear.call(_x).Floats());

        Loss().backward();
        Assert.All(_a.grad!.Floats(), value => Assert.Equal(0, value));
        Assert.Null(_linear.weight.grad);

        // d/dB of the mean squared error: 2/N · s · (Y − T)ᵀ · (X·Aᵀ).
        using var guard = no_grad();
        var residual = _linear.forward(_x) - _target;
        var expected = residual.t().matmul(_x.matmul(_a.t())) * (2 * Scale / residual.numel());
        Values.Near(expected, _b.grad!, 1e-5);
    }

    [Fact]
    public void Training_lowers_the_loss_and_the_merged_weight_gives_the_hooked_output()
    {
        using var optimizer = optim.AdamW(new[] { _a, _b }, lr: 0.01);
        var first = Loss().item<float>();
        for (var i = 0; i < 60; i++)
        {
            optimizer.zero_grad();
            using var loss = Loss();
            loss.backward();
            optimizer.step();
            if (i == 0)
                Assert.Equal(0.01f, _b.abs().max().item<float>(), 1e-6f);
        }

        Assert.True(Loss().item<float>() < 0.9f * first);
        Assert.Equal(62, _calls);

        using var guard = no_grad();
        var merged = _linear.weight + _b.matmul(_a) * Scale;
        Values.Near(nn.functional.linear(_x, merged, _linear.bias), _linear.call(_x), 1e-5);
    }
}
