using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

/// <summary>Steps against the formulas, worked out in double precision.</summary>
public class OptimizerTests
{
    private static Parameter Start() => nn.Parameter(tensor(new float[] { 1, -2 }));

    /// <summary>Sets the gradient to a fixed function of the step, so that moments differ from step to step.</summary>
    private static double[] Gradient(Parameter parameter, int step)
    {
        double[] values = [0.5 * step, -1.5 + step];
        using var grad = tensor(values, dtype: ScalarType.Float32);
        parameter.grad = grad;
        return values;
    }

    [Fact]
    public void The_first_AdamW_step_goes_by_the_learning_rate_after_the_decay()
    {
        using var p = Start();
        using var optimizer = optim.AdamW(new[] { p }, lr: 0.1, weight_decay: 0.5);
        (p * p).sum().backward();
        optimizer.step();
        p.Floats().Near(0.85, -1.8);
    }

    [Fact]
    public void AdamW_decays_nothing_unless_told()
    {
        using var p = Start();
        using var optimizer = optim.AdamW(new[] { p });
        Assert.Equal(0.0, ((AdamW.Options)optimizer.state_dict().Options[0]).weight_decay);
        Assert.Equal("TorchSharp.torch+optim+Optimizer+StateDictionary", optimizer.state_dict().GetType().ToString());
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    public void Adam_and_AdamW_follow_their_formulas(bool decoupled, bool amsgrad, bool maximize)
    {
        const double lr = 0.05, b1 = 0.8, b2 = 0.95, eps = 1e-6, decay = 0.1;
        using var p = Start();
        using OptimizerHelper optimizer = decoupled
            ? optim.AdamW(new[] { p }, lr, b1, b2, eps, decay, amsgrad, maximize)
            : optim.Adam(new[] { p }, lr, b1, b2, eps, decay, amsgrad, maximize);
        double[] w = [1, -2], m = [0, 0], v = [0, 0], top = [0, 0];

        for (var t = 1; t <= 10; t++)
        {
            var g = Gradient(p, t);
            optimizer.step();
            for (var i = 0; i < 2; i++)
            {
                var d = maximize ? -g[i] : g[i];
                if (decoupled)
                    w[i] *= 1 - lr * decay;
                else
                    d += decay * w[i];
                m[i] = b1 * m[i] + (1 - b1) * d;
                v[i] = b2 * v[i] + (1 - b2) * d * d;
                top[i] = Math.Max(top[i], v[i]);
                var denominator = Math.Sqrt((amsgrad ? top[i] : v[i]) / (1 - Math.Pow(b2, t))) + eps;
                w[i] -= lr / (1 - Math.Pow(b1, t)) * m[i] / denominator;
            }

            p.Floats().Within(1e-5, w);
        }
    }

    [Theory]
    [InlineData(0, 0, 0, false, false)]
    [InlineData(0.9, 0.3, 0.1, false, false)]
    [InlineData(0.9, 0, 0.1, true, true)]
    public void SGD_follows_its_formula(double momentum, double dampening, double decay, bool nesterov, bool maximize)
    {
        using var p = Start();
        using var optimizer = optim.SGD(new[] { p }, 0.05, momentum, dampening, decay, nesterov, maximize);
        double[] w = [1, -2], buffer = [0, 0];

        for (var t = 1; t <= 6; t++)
        {
            var g = Gradient(p, t);
            optimizer.step();
            for (var i = 0; i < 2; i++)
            {
                var d = g[i] + decay * w[i];
                if (momentum != 0)
                {
                    buffer[i] = t == 1 ? d : momentum * buffer[i] + (1 - dampening) * d;
                    d = nesterov ? d + momentum * buffer[i] : buffer[i];
                }

                w[i] += maximize ? 0.05 * d : -0.05 * d;
            }

            p.Floats().Within(1e-5, w);
        }
    }

    [Fact]
    public void Groups_have_options_of_their_own_and_take_the_rest_from_the_optimizer()
    {
        using var fast = Start();
        using var slow = Start();
        using var optimizer = optim.AdamW(
            [new AdamW.ParamGroup { Parameters = [fast] }, new AdamW.ParamGroup([slow], lr: 0.001, weight_decay: 0.5)], lr: 0.1);
        Assert.Equal([0.1, 0.001], optimizer.ParamGroups.Select(group => group.LearningRate));

        Gradient(fast, 2);
        Gradient(slow, 2);
        optimizer.step();
        fast.Floats().Within(1e-5, 0.9, -2.1);
        slow.Floats().Within(1e-5, 1 * (1 - 0.0005) - 0.001, -2 * (1 - 0.0005) - 0.001);

        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = 0;
        Gradient(fast, 3);
        optimizer.step();
        fast.Floats().Within(1e-5, 0.9, -2.1);
    }

    [Fact]
    public void Named_parameters_and_later_groups_are_taken()
    {
        using var linear = nn.Linear(1, 1);
        using var later = Start();
        using var optimizer = optim.SGD(linear.named_parameters(), 0.1);
        optimizer.add_param_group(new SGD.ParamGroup { Parameters = [later] });
        Assert.Equal([linear.weight, linear.bias!, later], optimizer.parameters());
        Gradient(later, 1);
        optimizer.step();
        later.Floats().Near(0.95, -1.95);
    }

    [Fact]
    public void Parameters_without_a_gradient_stay_and_zero_grad_zeroes_in_place()
    {
        using var p = Start();
        using var optimizer = optim.AdamW(new[] { p }, weight_decay: 0.5);
        optimizer.step();
        p.Floats().Near(1, -2);

        Gradient(p, 1);
        optimizer.zero_grad();
        p.grad!.Floats().Near(0, 0);
    }

    [Fact]
    public void The_closure_runs_with_gradients_and_its_loss_comes_back()
    {
        using var p = Start();
        using var optimizer = optim.SGD(new[] { p }, 0.5);
        using var guard = no_grad();
        using var loss = optimizer.step(() =>
        {
            var value = (p * p).sum();
            value.backward();
            return value;
        });
        Assert.Equal(5f, loss.item<float>());
        p.Floats().Near(0, 0);
    }

    [Fact]
    public void State_goes_from_one_optimizer_to_another_and_through_a_file()
    {
        using var one = Start();
        using var two = Start();
        using var three = Start();
        using var a = optim.AdamW(new[] { one }, lr: 0.1);
        using var b = optim.AdamW(new[] { two }, lr: 0.2);
        using var c = optim.AdamW(new[] { three }, lr: 0.2);
        for (var t = 1; t <= 3; t++)
        {
            Gradient(one, t);
            a.step();
        }

        b.load_state_dict(a.state_dict());
        using var stream = new MemoryStream();
        a.save_state_dict(new BinaryWriter(stream));
        c.load_state_dict(new BinaryReader(new MemoryStream(stream.ToArray())));
        Assert.True(a.state_dict().State[0].ApproximatelyEquals(b.state_dict().State[0]));

        foreach (var (parameter, optimizer) in new[] { (one, a), (two, b), (three, c) })
        {
            using (no_grad())
                parameter.copy_(tensor(new float[] { 1, -2 }));
            Gradient(parameter, 4);
            optimizer.step();
        }

        Assert.Equal(one.Floats(), two.Floats());
        Assert.Equal(one.Floats(), three.Floats());

        using var sgd = optim.SGD(new[] { one }, 0.1);
        Assert.Throws<InvalidDataException>(() => sgd.load_state_dict(new BinaryReader(new MemoryStream(stream.ToArray()))));
        using var pair = optim.AdamW(new[] { one, two });
        Assert.Throws<ArgumentException>(() => pair.load_state_dict(a.state_dict()));
    }

    [Fact]
    public void Wrong_options_are_refused()
    {
        using var p = Start();
        Assert.Throws<ArgumentException>(() => optim.AdamW(new[] { p }, lr: -1));
        Assert.Throws<ArgumentException>(() => optim.Adam(new[] { p }, beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.SGD(new[] { p }, 0.1, nesterov: true));
    }
}
