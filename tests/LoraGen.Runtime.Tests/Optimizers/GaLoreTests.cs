using LoraGen.Runtime.Tests.Memory;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>GaLore in a training loop: what it stores, saves, refuses, and how it works together with the rest of TorchSharp.</summary>
public sealed class GaLoreTests
{
    private readonly Perceptron _model = Make.Model(() => new Perceptron(), dtype: ScalarType.Float64);
    private readonly Tensor _input = Make.Normal(3, 5, 6).to(ScalarType.Float64);
    private readonly Tensor _target = Make.Normal(4, 5, 4).to(ScalarType.Float64);

    [Theory]
    [InlineData(12, 40, 3, ScalarType.Float32, 4)]
    [InlineData(40, 12, 3, ScalarType.Float32, 4)]
    [InlineData(16, 16, 16, ScalarType.Float64, 8)]
    [InlineData(12, 40, 3, ScalarType.BFloat16, 4)]
    public void A_matrix_takes_two_projected_moments_and_the_projection(long rows, long columns, int rank, ScalarType type, int width)
    {
        using var weight = new Parameter(Make.Normal(1, rows, columns).to(type));
        using var galore = new GaLore([weight], rank);
        using var adam = new GaLore([new GaLoreGroup([new Parameter(Make.Normal(1, rows, columns).to(type))])]);
        Assert.Equal(0, galore.StateBytes);

        foreach (var optimizer in (GaLore[])[galore, adam])
        {
            var parameter = optimizer.parameters().Single();
            parameter.grad = ones_like(parameter);
            optimizer.step();
        }

        var (most, least) = (Math.Max(rows, columns), Math.Min(rows, columns));
        Assert.Equal(width * ((2 * rank * most) + (rank * least)), galore.StateBytes);
        Assert.Equal(width * 2 * rows * columns, adam.StateBytes);
    }

    [Fact]
    public void Saved_in_the_middle_it_goes_on_to_the_bit()
    {
        using var folder = new TemporaryFolder();
        using var other = new Perceptron().to(TestDevice.Device, ScalarType.Float64);
        using var optimizer = Optimizer(_model);
        using var resumed = Optimizer(other);

        // Within an interval, with a learning rate that a scheduler has set.
        for (var step = 0; step < 8; step++)
            Step(_model, optimizer);
        optimizer.ParamGroups.First().LearningRate = 0.003;
        optimizer.save_state_dict(folder["state"]);
        other.load_state_dict(_model.state_dict());
        resumed.load_state_dict(folder["state"]);
        Assert.Equal(optimizer.StateBytes, resumed.StateBytes);

        for (var step = 0; step < 12; step++)
        {
            Step(_model, optimizer);
            Step(other, resumed);
        }

        foreach (var (expected, actual) in _model.parameters().Zip(other.parameters()))
            Expect.SameBits(expected, actual);
    }

    [Fact]
    public void The_states_of_another_optimizer_are_copied()
    {
        using var optimizer = Optimizer(_model);
        Step(_model, optimizer);
        using var other = new Perceptron().to(TestDevice.Device, ScalarType.Float64);
        other.load_state_dict(_model.state_dict());
        using var copy = Optimizer(other);
        copy.load_state_dict(optimizer.state_dict());
        Assert.True(optimizer.state_dict().State.Zip(copy.state_dict().State).All(pair => pair.First.ApproximatelyEquals(pair.Second)));

        for (var step = 0; step < 5; step++)
        {
            Step(_model, optimizer);
            Step(other, copy);
        }

        foreach (var (expected, actual) in _model.parameters().Zip(other.parameters()))
            Expect.SameBits(expected, actual);
    }

    [Fact]
    public void A_state_of_another_rank_or_shape_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var optimizer = Optimizer(_model);
        Step(_model, optimizer);
        optimizer.save_state_dict(folder["state"]);

        using var otherRank = new GaLore([new GaLoreGroup(Weights(_model), 3), new GaLoreGroup(Biases(_model))]);
        var error = Assert.Throws<InvalidDataException>(() => otherRank.load_state_dict(folder["state"]));
        Assert.Contains("The saved group has rank 2, and this one rank 3", error.Message, StringComparison.Ordinal);

        using var wider = new Perceptron(6, 9, 4).to(TestDevice.Device, ScalarType.Float64);
        using var otherShape = Optimizer(wider);
        error = Assert.Throws<InvalidDataException>(() => otherShape.load_state_dict(folder["state"]));
        Assert.Contains("shape [9, 6]", error.Message, StringComparison.Ordinal);
        var differ = Assert.Throws<ArgumentException>(() => otherShape.load_state_dict(optimizer.state_dict()));
        Assert.Contains("shape [9, 6]", differ.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_learns_a_batch_by_heart()
    {
        using var optimizer = new GaLore([new GaLoreGroup(Weights(_model), rank: 2, updateInterval: 20, scale: 1), new GaLoreGroup(Biases(_model))], 0.02);
        var first = Step(_model, optimizer);
        var last = Enumerable.Range(0, 800).Select(_ => Step(_model, optimizer)).ToArray()[^1];
        Assert.True(last < 0.01 * first, $"{first} → {last}");
    }

    [Fact]
    public void A_scheduler_sets_the_learning_rate_of_its_groups()
    {
        using var optimizer = Optimizer(_model);
        var scheduler = optim.lr_scheduler.StepLR(optimizer, 2, 0.1);
        var before = Values(_model);
        for (var step = 0; step < 4; step++)
        {
            Step(_model, optimizer);
            scheduler.step();
        }

        Assert.All(optimizer.ParamGroups, group => Assert.Equal(1e-4, group.LearningRate, 1e-12));
        Assert.All(before.Zip(_model.parameters()), pair => Expect.Differ(pair.First, pair.Second, 1e-6));
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = 0;
        var after = Values(_model);
        Step(_model, optimizer);
        Assert.All(after.Zip(_model.parameters()), pair => Expect.SameBits(pair.First, pair.Second));
    }

    [Fact]
    public void A_cycle_of_the_moments_rates_works()
    {
        using var optimizer = Optimizer(_model);
        var scheduler = optim.lr_scheduler.OneCycleLR(optimizer, max_lr: 0.1, total_steps: 10);
        var before = optimizer.ParamGroups.Cast<GaLoreGroup>().Select(group => group.Betas).ToArray();
        for (var step = 0; step < 4; step++)
        {
            Step(_model, optimizer);
            scheduler.step();
        }

        Assert.NotEqual(before, optimizer.ParamGroups.Cast<GaLoreGroup>().Select(group => group.Betas));
    }

    [Fact]
    public void Clipped_and_accumulated_gradients_are_what_is_projected()
    {
        using var weight = new Parameter(Make.Normal(1, 6, 9).to(ScalarType.Float64));
        var reference = new GaLoreReference(Matrix.Of(weight), rank: 2, interval: 4, scale: 0.25, rate: 0.01);
        using var optimizer = new GaLore([weight], rank: 2, learningRate: 0.01, updateInterval: 4);
        for (var step = 0; step < 20; step++)
        {
            optimizer.zero_grad();
            var (one, two) = (Make.Normal(50 + step, 6, 9).to(ScalarType.Float64), Make.Normal(90 + step, 6, 9).to(ScalarType.Float64));
            (weight * one).sum().backward();
            (weight * two).sum().backward();
            nn.utils.clip_grad_norm_([weight], 0.5);
            var sum = one + two;
            reference.Step(Matrix.Of(sum * (0.5 / (sum.norm().item<double>() + 1e-6))));
            optimizer.step();
            Expect.Close(reference.Weight.ToTensor(), weight, 1e-11, $"Step {step}");
        }
    }

    [Fact]
    public void A_closure_computes_the_gradients_and_its_loss_is_returned()
    {
        using var optimizer = Optimizer(_model);
        var before = Values(_model);
        var loss = optimizer.step(() =>
        {
            var value = Loss(_model);
            value.backward();
            return value;
        });
        Assert.True(loss!.item<double>() > 0);
        Assert.All(before.Zip(_model.parameters()), pair => Expect.Differ(pair.First, pair.Second, 1e-6));
        Assert.Null(optimizer.step());
    }

    [Fact]
    public void It_leaves_no_tensors_and_needs_no_scope()
    {
        using var optimizer = Optimizer(_model);
        using (NewDisposeScope())
            Step(_model, optimizer);
        Assert.Equal(0, LiveTensors.LeftBy(Run, times: 50));
        Assert.Equal(0, LiveTensors.LeftBy(RunWithoutScope, times: 20));
        Assert.Equal(0, LiveTensors.LeftBy(Made, times: 20));

        void RunWithoutScope()
        {
            optimizer.step();
            optimizer.zero_grad();
        }

        void Run()
        {
            using var scope = NewDisposeScope();
            Step(_model, optimizer);
        }

        void Made()
        {
            using var scope = NewDisposeScope();
            using var other = Optimizer(_model);
            Step(_model, other);
            using var memory = new MemoryStream();
            using var writer = new BinaryWriter(memory);
            other.save_state_dict(writer);
            memory.Position = 0;
            using var reader = new BinaryReader(memory);
            other.load_state_dict(reader);
            other.load_state_dict(optimizer.state_dict());
            scope.DisposeEverything();
            Step(_model, other);
        }
    }

    [Fact]
    public void A_transposed_weight_can_be_saved()
    {
        using var weight = new Parameter(Make.Normal(1, 9, 6).t());
        using var optimizer = new GaLore([new GaLoreGroup([weight])]);
        weight.grad = Make.Normal(2, 9, 6).t();
        optimizer.step();
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        optimizer.save_state_dict(writer);
        Assert.True(memory.Length > optimizer.StateBytes);
    }

    [Fact]
    public void It_works_with_optimizer_to()
    {
        using var optimizer = Optimizer(_model);
        Step(_model, optimizer);
        optimizer.to(TestDevice.Device);
        Step(_model, optimizer);
    }

    internal static GaLore Optimizer(Perceptron model)
    {
        GaLoreGroup[] groups = [new(Weights(model), rank: 2, updateInterval: 5), new(Biases(model), weightDecay: 0)];
        return new GaLore(groups, 0.01, weightDecay: 0.1);
    }

    private static IEnumerable<Parameter> Weights(Perceptron model) => [model.Up.weight!, model.Down.weight!];

    private static IEnumerable<Parameter> Biases(Perceptron model) => [model.Up.bias!, model.Down.bias!];

    private static Tensor[] Values(Module model) => [.. model.parameters().Select(parameter => parameter.detach().clone())];

    private Tensor Loss(Perceptron model) => (model.forward(_input) - _target).pow(2).mean();

    private double Step(Perceptron model, optim.Optimizer optimizer)
    {
        optimizer.zero_grad();
        var loss = Loss(model);
        loss.backward();
        optimizer.step();
        return loss.item<double>();
    }
}
