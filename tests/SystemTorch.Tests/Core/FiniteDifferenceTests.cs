using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Core;

/// <summary>The gradient of a function is the slope of its values: checked in double precision, element by element.</summary>
public sealed class FiniteDifferenceTests
{
    private const double Step = 1e-6;

    private static readonly Tensor Weight = tensor(new double[] { 0.3, -0.2, 0.5, 0.7, -0.4, 0.1 }, [2, 3]);
    private static readonly Tensor Targets = tensor(new long[] { 2, 0 });

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["linear"] = x => nn.functional.linear(x, Weight),
        ["addmm"] = x => ones([2, 2], float64).addmm(x, Weight.t(), beta: 0.5f, alpha: 2),
        ["softmax"] = x => x.softmax(1).mul(Weight),
        ["layer norm"] = x => nn.functional.layer_norm(x, [3], Weight[0], Weight[1]).mul(Weight),
        ["gelu"] = x => nn.functional.gelu(x),
        ["silu"] = x => nn.functional.silu(x),
        ["cross entropy"] = x => nn.functional.cross_entropy(x, Targets),
        ["attention"] = x => nn.functional.scaled_dot_product_attention(x.view(1, 2, 3), Weight.view(1, 2, 3), x.view(1, 2, 3), is_casual: true).mul(Weight),
        ["norm"] = x => x.norm(1, p: 2),
        ["slices"] = x => x[.., 1..3].mul(x[.., ..2]),
        ["index"] = x => x[tensor(new long[] { 1, 0, 1 })].pow(2),
        ["cat"] = x => torch.cat([x, x.mul(2)], 1).tanh(),
        ["where"] = x => torch.where(x > 0, x.exp(), x.pow(3)),
        ["variance"] = x => x.var(1),
        ["einsum"] = x => torch.einsum("ij,kj->ik", x, x),
        ["custom function"] = x => Cube.apply(x),
    };

    public static TheoryData<string> Names => new(Functions.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_is_the_slope(string name)
    {
        var f = Functions[name];
        double[] at = [0.4, -0.7, 1.2, -0.3, 0.8, 0.9];
        using var x = tensor(at, [2, 3], requires_grad: true);
        f(x).sum().backward();
        var gradient = x.grad!.Doubles();
        for (var i = 0; i < at.Length; i++)
        {
            var slope = (Value(f, at, i, Step) - Value(f, at, i, -Step)) / (2 * Step);
            Assert.True(Math.Abs(slope - gradient[i]) < 1e-7, $"{name}, element {i}: slope {slope:R}, gradient {gradient[i]:R}");
        }
    }

    private static double Value(Func<Tensor, Tensor> f, double[] at, int element, double shift)
    {
        double[] moved = [.. at];
        moved[element] += shift;
        using var scope = NewDisposeScope();
        return f(tensor(moved, [2, 3])).sum().item<double>();
    }

    private sealed class Cube : autograd.SingleTensorFunction<Cube>
    {
        public override string Name => "Cube";

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            return x.pow(3);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * 3 * ctx.get_saved_variables()[0].pow(2)];
    }
}
