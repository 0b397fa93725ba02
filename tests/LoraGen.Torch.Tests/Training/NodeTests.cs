namespace LoraGen.Torch.Tests.Training;

/// <summary>Nodes with several outputs, and what a node that runs its function again relies on.</summary>
public sealed class NodeTests
{
    [Semantics("MultiTensorFunction.apply", "MultiTensorFunction.new", "AutogradContext.set_materialize_grads", "Tensor.requires_grad_")]
    [Fact]
    public void A_node_receives_no_gradient_of_an_output_that_nothing_uses()
    {
        var x = tensor(new double[] { 1, -2 }).requires_grad_(true);
        Assert.True(x.requires_grad && !x.requires_grad_(false).requires_grad);
        x.requires_grad_(true);

        Split.apply(x)[1].pow(2).sum().backward();

        Assert.Equal([1 * 2 * 3.0 * 3, -2 * 2 * 3.0 * 3], x.grad!.data<double>().ToArray());
    }

    [Semantics("autograd.backward")]
    [Fact]
    public void Backward_starts_from_several_tensors_with_the_given_gradients()
    {
        var x = ones(2, ScalarType.Float64).requires_grad_(true);
        autograd.backward([x * 2.0, x * 3.0], [tensor(new double[] { 1, 10 }), tensor(new double[] { 100, 1000 })]);

        Assert.Equal([302, 3020], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void A_gradient_of_a_wrong_shape_makes_backward_throw_with_the_shape()
    {
        var x = zeros(0).requires_grad_(true);
        var thrown = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => Wrong.apply(x).sum().backward());

        Assert.Contains("got [17] but expected shape compatible with [0]", thrown.Message, StringComparison.Ordinal);
    }

    [Semantics("random.get_rng_state", "random.set_rng_state", "torch.randint")]
    [Fact]
    public void The_same_state_draws_the_same_numbers()
    {
        using var state = random.get_rng_state();
        var first = randint(1000, [8], ScalarType.Int64, CPU);
        random.set_rng_state(state);
        var again = randint(1000, [8], ScalarType.Int64, CPU);

        Assert.Equal(first.data<long>().ToArray(), again.data<long>().ToArray());
        Assert.True(first.data<long>().ToArray().Distinct().Count() > 1 && first.data<long>().ToArray().All(value => value is >= 0 and < 1000));
    }

    [Semantics("cuda.manual_seed")]
    [Fact]
    public void A_seed_makes_the_device_draw_the_same_numbers()
    {
        var device = cuda.is_available() ? CUDA : CPU;
        Assert.Equal(Draw(), Draw());

        float[] Draw()
        {
            if (cuda.is_available())
                cuda.manual_seed(3);
            else
                random.manual_seed(3);
            return randn([8], device: device).cpu().data<float>().ToArray();
        }
    }

    [Semantics("torch.full")]
    [Fact]
    public void Full_of_a_shape_type_and_device()
    {
        long[] shape = [2, 3];
        var filled = full(shape, double.NaN, ScalarType.Float32, CPU);

        Assert.Equal(shape, filled.shape);
        Assert.All(filled.data<float>().ToArray(), value => Assert.True(float.IsNaN(value)));
    }

    private sealed class Split : autograd.MultiTensorFunction<Split>
    {
        public override string Name => nameof(Split);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.set_materialize_grads(false);
            return [(Tensor)vars[0] * 2.0, (Tensor)vars[0] * 3.0];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            Assert.True(grad_outputs[0].IsInvalid);
            return [grad_outputs[1] * 3.0];
        }
    }

    private sealed class Wrong : autograd.SingleTensorFunction<Wrong>
    {
        public override string Name => nameof(Wrong);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [zeros(1L).expand(17L)];
    }
}
