using LoraGen.Runtime.Tests.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Precision;

/// <summary>The loss scaler: its factor, what it skips, and what it works together with.</summary>
public sealed class LossScalerTests
{
    private readonly Parameter _weight = new(Make.Normal(1, 3, 4));
    private readonly Tensor _factors = Make.Normal(2, 3, 4);

    [Fact]
    public void Its_defaults_are_those_of_PyTorch()
    {
        var scaler = new LossScaler();
        Assert.Equal((65536, 2, 0.5, 2000), (scaler.Factor, scaler.GrowthFactor, scaler.BackoffFactor, scaler.GrowthInterval));
        Assert.Equal(65536 * 3, scaler.Scale(tensor(3f)).item<float>());
    }

    // PyTorch's documentation of GradScaler: back off after each step that is not finite, grow after so many others in a row.
    [Fact]
    public void The_factor_follows_the_steps()
    {
        var scaler = new LossScaler(8, growthFactor: 3, backoffFactor: 0.25, growthInterval: 4);
        using var optimizer = optim.SGD([_weight], 0.1);
        var random = new Random(4);
        var (factor, inARow, skipped) = (8.0, 0, 0);
        for (var step = 0; step < 200; step++)
        {
            var isWrong = random.NextDouble() < 0.15;
            _weight.grad = isWrong ? full_like(_weight, step % 2 == 0 ? float.NaN : float.NegativeInfinity) : ones_like(_weight);
            var before = _weight.detach().clone();
            Assert.Equal(!isWrong, scaler.Step(optimizer));
            scaler.Update();
            if (isWrong)
                Expect.SameBits(before, _weight);
            else
                Expect.Differ(before, _weight, 1e-9);
            skipped += isWrong ? 1 : 0;
            inARow = isWrong ? 0 : inARow + 1;
            factor = isWrong ? factor / 4 : inARow % 4 == 0 ? factor * 3 : factor;
            Assert.Equal(factor, scaler.Factor);
            Assert.Equal(skipped, scaler.SkippedSteps);
        }

        Assert.True(skipped > 10);
    }

    [Fact]
    public void The_factor_does_not_grow_beyond_float32()
    {
        var scaler = new LossScaler(Math.Pow(2, 127), growthInterval: 1);
        using var optimizer = optim.SGD([_weight], 0.1);
        _weight.grad = ones_like(_weight);
        scaler.Step(optimizer);
        scaler.Update();
        Assert.Equal(Math.Pow(2, 127), scaler.Factor);
    }

    [Fact]
    public void Clipped_and_accumulated_gradients_are_those_without_a_scaler()
    {
        var scaler = new LossScaler();
        var other = new Parameter(_weight.detach().clone());
        using var optimizer = optim.AdamW([_weight], lr: 0.1);
        using var plain = optim.AdamW([other], lr: 0.1);
        for (var step = 0; step < 20; step++)
        {
            optimizer.zero_grad();
            plain.zero_grad();
            for (var part = 0; part < 3; part++)
            {
                scaler.Scale(Loss(_weight, part)).backward();
                Loss(other, part).backward();
            }

            scaler.Unscale(optimizer);
            var norm = nn.utils.clip_grad_norm_([_weight], 0.5);
            Assert.Equal(norm, nn.utils.clip_grad_norm_([other], 0.5));
            Assert.True(scaler.Step(optimizer));
            scaler.Update();
            plain.step();

            // A power of two changes no digit.
            Expect.SameBits(other, _weight, $"Step {step}");
        }

        Tensor Loss(Tensor weight, int part) => ((weight * _factors) + part).pow(2).sum();
    }

    [Theory, InlineData("AdaLora"), InlineData("LoraFa")]
    public void An_adapter_whose_method_acts_on_steps_is_trained_as_without_a_scaler(string method)
    {
        using var one = Make.Model(() => new NextToken());
        using var other = Make.Model(() => new NextToken());
        random.manual_seed(5);
        using var scaled = Attach(one);
        random.manual_seed(5);
        using var plain = Attach(other);
        using var optimizer = Make.Optimizer(scaled, parameters => optim.AdamW(parameters, lr: 0.01));
        using var twin = Make.Optimizer(plain, parameters => optim.AdamW(parameters, lr: 0.01));
        var scaler = new LossScaler(1024);
        var (tokens, next) = NextTokenRun.Batch(1);
        for (var step = 0; step < 20; step++)
        {
            optimizer.zero_grad();
            twin.zero_grad();
            scaler.Scale(NextTokenRun.Loss(one, tokens, next)).backward();
            NextTokenRun.Loss(other, tokens, next).backward();
            if (step == 7)
                scaled.TrainedParameters()[0].grad!.fill_(float.NaN);
            Assert.Equal(step != 7, scaler.Step(optimizer));
            scaler.Update();
            if (step != 7)
                twin.step();
        }

        foreach (var (expected, actual) in plain.TrainedParameters().Zip(scaled.TrainedParameters()))
            Expect.Close(expected, actual, 2e-5);
        Assert.Equal(19, ((AdapterOptimizer)optimizer).Steps);

        Adapter Attach(NextToken model) => method == "AdaLora" ? model.AttachAdaLora() : model.AttachLoraFa();
    }

    [Fact]
    public void Each_optimizer_skips_its_own_steps()
    {
        var second = new Parameter(ones(2));
        using var one = optim.SGD([_weight], 0.1);
        using var two = optim.SGD([second], 0.1);
        var scaler = new LossScaler();
        _weight.grad = full_like(_weight, float.PositiveInfinity);
        second.grad = ones(2) * 65536;
        Assert.False(scaler.Step(one));
        Assert.True(scaler.Step(two));
        scaler.Update();
        Assert.Equal(32768, scaler.Factor);
        Expect.Close(full(2, 0.9f), second);
    }

    [Fact]
    public void Saved_it_goes_on()
    {
        using var folder = new TemporaryFolder();
        using var optimizer = optim.SGD([_weight], 0.1);
        var scaler = new LossScaler(16, 4, 0.25, 3);
        Run(scaler, float.NaN);
        Run(scaler, 1);
        Run(scaler, 1);
        scaler.SaveState(folder["scaler.json"]);
        var resumed = new LossScaler();
        resumed.LoadState(folder["scaler.json"]);
        Assert.Equal((4, 4, 0.25, 3, 1), (resumed.Factor, resumed.GrowthFactor, resumed.BackoffFactor, resumed.GrowthInterval, resumed.SkippedSteps));
        Run(resumed, 1);
        Assert.Equal(16, resumed.Factor);

        File.WriteAllText(folder["other.json"], "{\"scale\":2}");
        var error = Assert.Throws<InvalidDataException>(() => resumed.LoadState(folder["other.json"]));
        Assert.Contains("not the saved state of a LossScaler", error.Message, StringComparison.Ordinal);
        Assert.Equal(16, resumed.Factor);

        void Run(LossScaler scaler, float gradient)
        {
            _weight.grad = full_like(_weight, gradient);
            scaler.Step(optimizer);
            scaler.Update();
        }
    }

    [Fact]
    public void Calls_in_another_order_are_refused()
    {
        var scaler = new LossScaler();
        using var optimizer = optim.SGD([_weight], 0.1);
        Refused("there was none: call Step(optimizer) before", scaler.Update);
        Refused("None of the optimizer's parameters has a gradient", () => scaler.Step(optimizer));
        _weight.grad = ones_like(_weight);
        scaler.Unscale(optimizer);
        Refused("Unscale was called for this optimizer", () => scaler.Unscale(optimizer));
        scaler.Step(optimizer);
        Refused("Step was called for this optimizer", () => scaler.Step(optimizer));
        Refused("Step was called for this optimizer", () => scaler.Unscale(optimizer));
        scaler.Update();
        scaler.Step(optimizer);
    }

    [Fact]
    public void Gradients_in_float16_are_refused()
    {
        var narrow = new Parameter(ones(2, 3).to(ScalarType.Float16)) { grad = ones(2, 3).to(ScalarType.Float16) };
        using var optimizer = optim.SGD([narrow], 0.1);
        Refused("shape [2, 3] is in float16", () => new LossScaler().Unscale(optimizer));

        using var model = Make.Model(() => new NextToken(), dtype: ScalarType.Float16);
        using var adapter = model.AttachLoraFa(dtype: ScalarType.Float16);
        using var own = adapter.Optimizer(parameters => new MasterWeights(parameters, masters => optim.SGD(masters, 0.1)));
        Refused("Attach the adapter in float32", () => new LossScaler().Unscale(own));
    }

    [Theory]
    [InlineData(0, 2, 0.5, 1, "initialFactor")]
    [InlineData(double.NaN, 2, 0.5, 1, "initialFactor")]
    [InlineData(1, 1, 0.5, 1, "growthFactor")]
    [InlineData(1, 2, 1, 1, "backoffFactor")]
    [InlineData(1, 2, 0.5, 0, "growthInterval")]
    public void An_option_out_of_range(double factor, double growth, double backoff, int interval, string name)
    {
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new LossScaler(factor, growth, backoff, interval)).ParamName);
    }

    [Fact]
    public void It_leaves_no_tensors()
    {
        var scaler = new LossScaler();
        using var optimizer = optim.SGD([_weight], 0.1);
        Assert.Equal(0, LiveTensors.LeftBy(Run, times: 20));

        void Run()
        {
            using (NewDisposeScope())
            {
                optimizer.zero_grad();
                scaler.Scale((_weight * _factors).sum()).backward();
            }

            scaler.Unscale(optimizer);
            scaler.Step(optimizer);
            scaler.Update();
        }
    }

    private static void Refused(string part, Action action)
    {
        Assert.Contains(part, Assert.Throws<InvalidOperationException>(action).Message, StringComparison.Ordinal);
    }
}
