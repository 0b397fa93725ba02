using TorchSharp.Modules;

namespace LoraGen.Torch.Tests.Training;

public sealed class AutogradTests
{
    [Semantics("Tensor.backward", "Tensor.set_requires_grad")]
    [Fact]
    public void Backward_adds_to_the_gradients_of_the_leaves_that_require_one()
    {
        var (x, y) = (ones(2), ones(2));
        x.requires_grad = true;
        (x * y * 3.0).sum().backward();
        (x * y * 2.0).sum().backward();
        ExpectNumbers.Same(Numbers.Of([2], _ => 5), x.grad!);
        Assert.Null(y.grad);
        Assert.True(x.is_leaf && !(x * 2.0).is_leaf && (x * 2.0).requires_grad && !y.requires_grad && !x.detach().requires_grad);
    }

    [Semantics("nn.Parameter", "Parameter.new")]
    [Fact]
    public void Parameters_have_the_tensors_values_and_require_a_gradient_by_default()
    {
        ExpectNumbers.Same(Numbers.Of([2], _ => 1), new Parameter(ones(2)));
        Assert.True(new Parameter(ones(2)).requires_grad && nn.Parameter(ones(2)).requires_grad);
        Assert.False(new Parameter(ones(2), requires_grad: false).requires_grad || nn.Parameter(ones(2), requires_grad: false).requires_grad);
    }

    [Semantics("torch.no_grad", "torch.enable_grad", "torch.inference_mode", "torch.is_grad_enabled")]
    [Fact]
    public void Modes_say_whether_results_have_gradients_until_they_are_disposed()
    {
        using var x = new Parameter(ones(2));
        Assert.True(is_grad_enabled() && (x * 2.0).requires_grad);
        using (no_grad())
        {
            Assert.False(is_grad_enabled() || (x * 2.0).requires_grad);
            using (enable_grad())
                Assert.True(is_grad_enabled() && (x * 2.0).requires_grad);
            Assert.False(is_grad_enabled());
        }

        using (inference_mode(true))
        {
            Assert.False((x * 2.0).requires_grad);
            using (inference_mode(false))
            using (enable_grad())
                Assert.True((x * 2.0).requires_grad);
        }

        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void Writing_in_place_under_no_grad_leaves_the_parameter_a_leaf()
    {
        using var x = new Parameter(ones(2));
        using (no_grad())
            x.copy_(ones(2).mul(3));
        (x * x).sum().backward();
        ExpectNumbers.Same(Numbers.Of([2], _ => 6), x.grad!);
    }
}
