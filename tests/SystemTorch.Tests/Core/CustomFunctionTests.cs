using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

public sealed class CustomFunctionTests
{
    [Fact]
    public void A_single_tensor_function_has_value_and_gradient()
    {
        using var x = tensor(new float[] { 1, -2, 3 }, requires_grad: true);
        using var y = TripleSquare.apply(x, 3.0);
        Assert.Equal([3, 12, 27], y.Floats());
        Assert.True(y.requires_grad);
        y.sum().backward();
        Assert.Equal([6, -12, 18], x.grad!.Floats());
    }

    [Fact]
    public void Without_grad_mode_there_is_no_gradient()
    {
        using var x = ones(2, requires_grad: true);
        using (no_grad())
        {
            Assert.False(TripleSquare.apply(x, 1.0).requires_grad);
        }

        Assert.False(TripleSquare.apply(ones(2), 1.0).requires_grad);
    }

    [Fact]
    public void A_function_of_several_tensors_has_several_gradients()
    {
        using Tensor a = tensor(2.0, requires_grad: true), b = tensor(5.0, requires_grad: true);
        var outputs = SumAndProduct.apply(a, b);
        Assert.Equal([7.0, 10.0], outputs.Select(o => o.item<double>()));
        (outputs[0] * 3 + outputs[1]).backward();
        Assert.Equal(3 + 5, a.grad!.item<double>());
        Assert.Equal(3 + 2, b.grad!.item<double>());
    }

    [Fact]
    public void An_output_that_nothing_uses_has_a_gradient_of_zeros()
    {
        using Tensor a = tensor(2.0, requires_grad: true), b = tensor(5.0, requires_grad: true);
        SumAndProduct.apply(a, b)[1].backward();
        Assert.Equal(5, a.grad!.item<double>());
    }

    [Fact]
    public void Exceptions_come_through_as_they_are()
    {
        using var x = ones(1, requires_grad: true);
        Assert.Equal("in forward", Assert.Throws<FormatException>(() => Failing.apply(x, "forward")).Message);
        var y = Failing.apply(x, "backward");
        Assert.Equal("in backward", Assert.Throws<FormatException>(() => y.backward()).Message);
        Assert.Equal([2], TripleSquare.apply(x, 2.0).Floats());
    }

    [Fact]
    public void A_wrong_number_of_gradients_is_an_error()
    {
        using var x = ones(1, requires_grad: true);
        var y = Failing.apply(x, "nothing");
        var error = Assert.Throws<InvalidOperationException>(() => y.backward());
        Assert.Contains("incorrect number of gradients (expected 2, got 0)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_is_freed_with_the_graph()
    {
        var state = Make();
        for (var i = 0; i < 5 && state.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(state.IsAlive);

        static WeakReference Make()
        {
            var big = new object();
            using var x = ones(1, requires_grad: true);
            using var y = Keeping.apply(x, big);
            y.backward();
            return new WeakReference(big);
        }
    }

    [Fact]
    public void A_context_without_its_graph_has_no_saved_tensors()
    {
        using (NewDisposeScope())
        {
            TripleSquare.apply(ones(1, requires_grad: true), 2.0);
            Assert.Single(TripleSquare.Last!.get_saved_variables());
        }

        Assert.Empty(TripleSquare.Last!.get_saved_variables());
    }

    private sealed class TripleSquare : autograd.SingleTensorFunction<TripleSquare>
    {
        public static autograd.AutogradContext? Last { get; private set; }

        public override string Name => "TripleSquare";

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Last = ctx;
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            ctx.save_data("factor", vars[1]);
            return x * x * (double)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * 2 * (double)ctx.get_data("factor") * ctx.get_saved_variables()[0], null!];
    }

    private sealed class SumAndProduct : autograd.MultiTensorFunction<SumAndProduct>
    {
        public override string Name => "SumAndProduct";

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            Tensor a = (Tensor)vars[0], b = (Tensor)vars[1];
            ctx.save_for_backward([a, b]);
            return [a + b, a * b];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            var saved = ctx.get_saved_variables();
            return [grad_outputs[0] + (grad_outputs[1] * saved[1]), grad_outputs[0] + (grad_outputs[1] * saved[0])];
        }
    }

    private sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => "Failing";

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("where", vars[1]);
            return vars[1] is "forward" ? throw new FormatException("in forward") : ((Tensor)vars[0]).clone();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            ctx.get_data("where") is "backward" ? throw new FormatException("in backward") : [];
    }

    private sealed class Keeping : autograd.SingleTensorFunction<Keeping>
    {
        public override string Name => "Keeping";

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("kept", vars[1]);
            return ((Tensor)vars[0]).clone();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [grad_output, null!];
    }
}
