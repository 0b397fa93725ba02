namespace LoraGen.Torch.Tests.Training;

/// <summary>Functions with a backward pass of their own, and overloads that the methods with such functions call.</summary>
public sealed class FunctionTests
{
    [Semantics(
        "SingleTensorFunction.apply", "SingleTensorFunction.new", "AutogradContext.save_for_backward", "AutogradContext.get_saved_variables",
        "AutogradContext.save_data", "AutogradContext.get_data")]
    [Fact]
    public void A_function_gives_the_gradients_of_its_own_backward_pass()
    {
        var x = tensor(new double[] { 1, -2, 3 }).requires_grad_(true);
        var y = Scaled.apply(x, 5.0);
        Assert.Equal([1, -2, 3], y.detach().data<double>().ToArray());
        y.pow(2).sum().backward();
        Assert.Equal([2.0 * 1 * 5 + 1, 2.0 * -2 * 5 - 2, 2.0 * 3 * 5 + 3], x.grad!.data<double>().ToArray());
    }

    [Semantics("Tensor.div", "Tensor.mul", "Tensor.norm", "Tensor.squeeze", "Tensor.to", "torch.full", "torch.zeros")]
    [Fact]
    public void Overloads_of_the_methods_compute_as_the_others()
    {
        var x = tensor(new double[] { 3, -4 });
        Assert.Equal([1.5, -2], x.div(2.0).data<double>().ToArray());
        Assert.Equal([9.0, 16], x.mul(x).data<double>().ToArray());
        Assert.Equal(5, x.norm().item<double>());
        Assert.Equal([2], x.view(2, 1).squeeze(1).shape);
        Assert.Equal([3.0, -4], x.to(CPU).data<double>().ToArray());
        Assert.Equal([0f, 0, 0], zeros(3L).data<float>().ToArray());
        var filled = full(2L, 1L, 3L, 1.5, dtype: ScalarType.Float64);
        Assert.Equal([2, 1, 3], filled.shape);
        Assert.All(filled.data<double>().ToArray(), value => Assert.Equal(1.5, value));
    }

    [Semantics("torch.randn")]
    [Fact]
    public void Normal_numbers_in_rows_and_columns()
    {
        random.manual_seed(1);
        var matrix = randn(300L, 400L, dtype: ScalarType.Float64);
        Assert.Equal([300, 400], matrix.shape);
        long[] size = [5000];
        var vector = randn(size, device: CPU);
        Assert.Equal(0, matrix.mean().item<double>(), 0.01);
        Assert.Equal(1, matrix.std().item<double>(), 0.01);
        Assert.Equal(1, vector.std().item<float>(), 0.05);
    }

    // x, with the gradient g·factor + the saved x.
    private sealed class Scaled : autograd.SingleTensorFunction<Scaled>
    {
        public override string Name => nameof(Scaled);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            ctx.save_data("factor", vars[1]);
            return x.clone();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            return [(grad_output * (double)ctx.get_data("factor")) + ctx.get_saved_variables()[0], null!];
        }
    }
}
