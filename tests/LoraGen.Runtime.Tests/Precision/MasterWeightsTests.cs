using LoraGen.Runtime.Tests.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Precision;

/// <summary>Float32 masters of parameters in half precision.</summary>
public sealed class MasterWeightsTests
{
    public static TheoryData<ScalarType> Types => [ScalarType.BFloat16, ScalarType.Float16];

    // The recurrence in float64; the parameter is the master, rounded once.
    [Theory, MemberData(nameof(Types))]
    public void The_masters_are_trained_and_the_parameters_rounded_once(ScalarType type)
    {
        var weight = new Parameter(Make.Normal(1, 7, 9).to(type));
        var master = weight.detach().to(ScalarType.Float64);
        var velocity = zeros_like(master);
        using var optimizer = new MasterWeights([weight], masters => optim.SGD(masters, 1e-3, momentum: 0.9));
        for (var step = 0; step < 40; step++)
        {
            weight.grad = Make.Normal(50 + step, 7, 9).to(type);
            velocity = (velocity * 0.9) + weight.grad!.to(ScalarType.Float64);
            master -= velocity * 1e-3;
            optimizer.step();
            var own = optimizer.parameters().Single();
            Expect.Close(master, own, 1e-5, $"Step {step}");
            Expect.SameBits(own.detach().to(type), weight, $"Step {step}");
        }

        Assert.Equal(type, weight.dtype);
    }

    [Fact]
    public void Changes_below_the_spacing_add_up()
    {
        var (weight, plain) = (new Parameter(ones(3).to(ScalarType.BFloat16)), new Parameter(ones(3).to(ScalarType.BFloat16)));
        using var optimizer = new MasterWeights([weight], masters => optim.SGD(masters, 1e-4));
        using var without = optim.SGD([plain], 1e-4);
        for (var step = 0; step < 500; step++)
        {
            (weight.grad, plain.grad) = (ones(3).to(ScalarType.BFloat16), ones(3).to(ScalarType.BFloat16));
            optimizer.step();
            without.step();
        }

        Expect.Close(ones(3), plain, 0);
        Expect.Close(full(3, 0.95f), weight, 0.002);
    }

    [Fact]
    public void Other_parameters_are_trained_themselves_and_all_keep_their_order()
    {
        Parameter[] parameters = [new(ones(2)), new(ones(3).to(ScalarType.Float16)), new(ones(4).to(ScalarType.Float64)), new(ones(5).to(ScalarType.BFloat16))];
        using var optimizer = new MasterWeights(parameters, masters =>
        {
            Assert.Equal([2, 3, 4, 5], masters.Select(master => master.numel()));
            Assert.Equal(
                [ScalarType.Float32, ScalarType.Float32, ScalarType.Float64, ScalarType.Float32],
                masters.Select(master => master.dtype));
            Assert.Same(parameters[0], masters[0]);
            return optim.SGD(masters, 0.5);
        });
        parameters[0].grad = ones(2);
        parameters[3].grad = ones(5).to(ScalarType.BFloat16);
        optimizer.step();
        Assert.Equal([0.5, 1, 1, 0.5], parameters.Select(parameter => parameter.mean().to(ScalarType.Float64).item<double>()));

        optimizer.zero_grad();
        Assert.Equal(0, parameters[0].grad!.abs().sum().item<float>());
        Assert.Equal(0, parameters[3].grad!.abs().sum().to(ScalarType.Float32).item<float>());
        Assert.All(optimizer.parameters().Where(parameter => parameter.numel() is 3 or 5), master => Assert.Null(master.grad));
    }

    [Fact]
    public void A_value_that_something_else_has_written_replaces_the_masters()
    {
        var weight = new Parameter(ones(2).to(ScalarType.BFloat16));
        using var optimizer = new MasterWeights([weight], masters => optim.SGD(masters, 0.001));
        Step();
        Expect.Close(full(2, 0.999f), optimizer.parameters().Single(), 1e-6);
        using (no_grad())
            weight[0] = 3;
        Step();
        Expect.Close(tensor([2.999f, 0.998f]), optimizer.parameters().Single(), 1e-6);

        void Step()
        {
            weight.grad = ones(2).to(ScalarType.BFloat16);
            optimizer.step();
        }
    }

    [Fact]
    public void A_scheduler_sets_the_rate_of_the_inner_groups()
    {
        var weight = new Parameter(ones(2).to(ScalarType.BFloat16));
        AdamW? inner = null;
        using var optimizer = new MasterWeights([weight], masters => inner = optim.AdamW(masters, lr: 0.5));
        var schedule = optim.lr_scheduler.StepLR(optimizer, 1, gamma: 0.5);
        weight.grad = ones(2).to(ScalarType.BFloat16);
        optimizer.step();
        schedule.step();
        Assert.Equal(0.25, inner!.ParamGroups.Single().LearningRate);
        optimizer.to(CPU);
    }

    [Fact]
    public void Collected_gradients_are_clipped_in_float32()
    {
        var weight = new Parameter(zeros(100).to(ScalarType.Float16)) { grad = full(100, 30000f).to(ScalarType.Float16) };
        using var optimizer = new MasterWeights([weight], masters => optim.SGD(masters, 1));
        optimizer.Collect();
        var norm = nn.utils.clip_grad_norm_([.. optimizer.parameters()], 1);

        // It is above the largest number of float16.
        Assert.Equal(300000, norm, 1.0);
        optimizer.step();
        Expect.Close(full(100, -0.1f), weight, 1e-4);
    }

    [Fact]
    public void A_closure_is_evaluated_at_the_masters_values()
    {
        var weight = new Parameter(full(3, 4f).to(ScalarType.BFloat16));
        using var optimizer = new MasterWeights([weight], masters => optim.LBFGS(masters, lr: 0.5, max_iter: 6));
        List<float> seen = [];
        optimizer.step(() =>
        {
            optimizer.zero_grad();
            var loss = (weight - 1).pow(2).sum().to(ScalarType.Float32);
            loss.backward();
            seen.Add(loss.item<float>());
            return loss;
        });
        Assert.True(seen.Count > 2);
        Assert.True(seen[^1] < 0.1 * seen[0], string.Join(' ', seen));
        Expect.Close(ones(3), weight, 0.5);
    }

    [Fact]
    public void Saved_in_the_middle_it_goes_on_to_the_bit()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new NextToken(), dtype: ScalarType.BFloat16);
        using var other = Make.Model(() => new NextToken(), seed: 2, dtype: ScalarType.BFloat16);
        using var optimizer = Optimizer(model);
        using var resumed = Optimizer(other);
        NextTokenRun.Train(model, optimizer, 5);
        optimizer.save_state_dict(folder["state"]);
        other.load_state_dict(model.state_dict());
        resumed.load_state_dict(folder["state"]);
        Same();
        NextTokenRun.Train(model, optimizer, 5);
        NextTokenRun.Train(other, resumed, 5);
        Same();

        using var third = Optimizer(other);
        third.load_state_dict(optimizer.state_dict());
        Same();

        using var sgd = new MasterWeights(model.parameters(), masters => optim.SGD(masters, 0.1));
        var error = Assert.Throws<InvalidDataException>(() => sgd.load_state_dict(folder["state"]));
        Assert.StartsWith(
            $"\"{folder["state"]}\": The state is that of MasterWeights with AdamW, but this one is with SGD.", error.Message, StringComparison.Ordinal);

        void Same()
        {
            foreach (var (expected, actual) in optimizer.parameters().Zip(resumed.parameters()))
                Expect.SameBits(expected, actual);
            foreach (var (expected, actual) in model.parameters().Zip(other.parameters()))
                Expect.SameBits(expected, actual);
        }

        static MasterWeights Optimizer(NextToken model) => new(model.parameters(), masters => optim.AdamW(masters, lr: 1e-3));
    }

    [Fact]
    public void An_adapter_in_half_precision_whose_method_acts_on_steps_has_masters()
    {
        using var model = Make.Model(() => new NextToken(), dtype: ScalarType.BFloat16);
        using var adapter = model.AttachLoraFa(dtype: ScalarType.BFloat16);
        using var optimizer = adapter.Optimizer(parameters => new MasterWeights(parameters, masters => optim.AdamW(masters, lr: 5e-3)));
        var before = NextTokenRun.Evaluate(model);
        Assert.True(NextTokenRun.Train(model, optimizer, 60) < 0.95 * before);
        Assert.All(adapter.TrainedParameters(), parameter => Assert.Equal(ScalarType.BFloat16, parameter.dtype));
        Assert.All(optimizer.parameters(), master => Assert.Equal(ScalarType.Float32, master.dtype));
    }

    [Fact]
    public void What_can_not_be_trained_is_refused()
    {
        Assert.Equal("parameters", Assert.Throws<ArgumentException>(() => new MasterWeights([], masters => optim.SGD(masters, 1))).ParamName);
        var weight = new Parameter(ones(2, 3).to(ScalarType.BFloat16));
        Assert.Equal("create", Assert.Throws<ArgumentException>(() => new MasterWeights([weight], _ => null!)).ParamName);

        using var optimizer = new MasterWeights([weight], masters => optim.SGD(masters, 1));
        var added = new Parameter(ones(2).to(ScalarType.BFloat16));
        var error = Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new SGD.ParamGroup([added])));
        Assert.Contains("would have no master", error.Message, StringComparison.Ordinal);
        optimizer.add_param_group(new SGD.ParamGroup([new Parameter(ones(2))]));
        Assert.Equal(2, optimizer.ParamGroups.Count());

        weight.Dispose();
        var replaced = Assert.Throws<InvalidOperationException>(() => optimizer.step());
        Assert.Contains("shape [2, 3] was replaced", replaced.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_leaves_no_tensors_and_needs_no_scope()
    {
        using var model = Make.Model(() => new NextToken(), dtype: ScalarType.BFloat16);
        using var optimizer = new MasterWeights(model.parameters(), masters => new AdamW8Bit(masters));
        NextTokenRun.Train(model, optimizer, 1);
        Assert.Equal(0, LiveTensors.LeftBy(() => NextTokenRun.Train(model, optimizer, 1), times: 10));
        Assert.Equal(0, LiveTensors.LeftBy(Run, times: 20));

        void Run()
        {
            optimizer.step();
            optimizer.zero_grad();
        }
    }
}
