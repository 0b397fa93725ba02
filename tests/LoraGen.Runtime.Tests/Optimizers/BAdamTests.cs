using LoraGen.Runtime.Tests.Memory;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>BAdam in a training loop: what it stores and saves, and how it works together with the rest of TorchSharp.</summary>
public sealed class BAdamTests
{
    private readonly Tower _model = Make.Model(() => new Tower());
    private readonly Tensor _input = tensor(new long[] { 0, 3, 6, 2, 2, 5 }).to(TestDevice.Device);
    private readonly Tensor _target = tensor(new long[] { 3, 6, 2, 2, 5, 0 }).to(TestDevice.Device);

    [Fact]
    public void Only_the_active_block_requires_gradients_and_has_a_state()
    {
        using var optimizer = new BAdam(_model, interval: 2, order: BAdamOrder.Ascending);
        for (var step = 0; step < 14; step++)
        {
            var active = optimizer.ActiveBlock;
            Step(_model, optimizer, () => AssertActive(active));
            var elements = active.Parameters.Sum(parameter => parameter.NumberOfElements);
            Assert.Equal(step % 2 == 0 ? 4 * 2 * elements : 0, optimizer.StateBytes);
        }

        void AssertActive(BAdamBlock active)
        {
            foreach (var block in optimizer.Blocks)
            {
                Assert.All(block.Parameters, parameter => Assert.Equal(block == active, parameter.requires_grad));
                Assert.All(block.Parameters, parameter => Assert.Equal(block == active, parameter.grad is not null));
            }
        }
    }

    [Fact]
    public void In_half_precision_the_state_has_the_blocks_values_too()
    {
        using var model = Make.Model(() => new Tower(), dtype: ScalarType.BFloat16);
        using var optimizer = new BAdam(model, interval: 2, order: BAdamOrder.Ascending, blocks: [["tokens", "head"], ["layers", "norm", "scale"]]);
        Step(model, optimizer);
        Assert.Equal(4 * 3 * ((7 * 4) + 7), optimizer.StateBytes);
    }

    [Fact]
    public void Disposing_restores_what_requires_a_gradient()
    {
        _model.Layers[1].weight!.requires_grad = false;
        var before = Flags();
        var optimizer = new BAdam(_model, interval: 1);
        Step(_model, optimizer);
        Assert.NotEqual(before, Flags());
        optimizer.Dispose();
        optimizer.Dispose();
        Assert.Equal(before, Flags());
        Assert.Equal(0, optimizer.StateBytes);
        Assert.Throws<ObjectDisposedException>(() => optimizer.step());

        bool[] Flags() => [.. _model.parameters().Select(parameter => parameter.requires_grad)];
    }

    [Theory]
    [InlineData(BAdamOrder.Random)]
    [InlineData(BAdamOrder.Descending)]
    public void Saved_in_the_middle_it_goes_on_to_the_bit(BAdamOrder order)
    {
        using var folder = new TemporaryFolder();
        using var optimizer = new BAdam(_model, 0.01, interval: 3, order, seed: 4, weightDecay: 0.1);
        using var other = Make.Model(() => new Tower(), seed: 9);
        using var resumed = new BAdam(other);

        // In the middle of a block's steps, of the second pass.
        for (var step = 0; step < (3 * 9) + 2; step++)
            Step(_model, optimizer);
        optimizer.save_state_dict(folder["state"]);
        Copy(_model, other);
        resumed.load_state_dict(folder["state"]);
        Assert.Equal(optimizer.StateBytes, resumed.StateBytes);
        AssertSame();

        for (var step = 0; step < 30; step++)
        {
            Step(_model, optimizer);
            Step(other, resumed);
            AssertSame();
        }

        void AssertSame()
        {
            Assert.Equal(optimizer.ActiveBlock.Name, resumed.ActiveBlock.Name);
            Assert.Equal(optimizer.Interval, resumed.Interval);
            foreach (var (expected, actual) in _model.parameters().Zip(other.parameters()))
            {
                Expect.SameBits(expected, actual);
                Assert.Equal(expected.requires_grad, actual.requires_grad);
            }
        }
    }

    [Fact]
    public void The_state_of_another_optimizer_is_copied()
    {
        using var optimizer = new BAdam(_model, 0.01, interval: 3, seed: 4);
        for (var step = 0; step < 4; step++)
            Step(_model, optimizer);
        using var other = Make.Model(() => new Tower(), seed: 9);
        using var copy = new BAdam(other);
        Copy(_model, other);
        copy.load_state_dict(optimizer.state_dict());
        for (var step = 0; step < 30; step++)
        {
            Step(_model, optimizer);
            Step(other, copy);
        }

        foreach (var (expected, actual) in _model.parameters().Zip(other.parameters()))
            Expect.SameBits(expected, actual);
    }

    [Fact]
    public void A_state_of_other_blocks_is_refused()
    {
        using var folder = new TemporaryFolder();
        using (var optimizer = new BAdam(_model, blocks: [["tokens", "norm", "scale", "head"], ["layers"]]))
            optimizer.save_state_dict(folder["state"]);
        using var other = new BAdam(_model, blocks: [["layers", "norm", "scale", "head.bias"], ["tokens"]]);
        var error = Assert.Throws<InvalidDataException>(() => other.load_state_dict(folder["state"]));
        Assert.Contains("tokens, norm, scale, head: 5 parameters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_of_blocks_with_other_shapes_is_refused_before_anything_is_loaded()
    {
        using var folder = new TemporaryFolder();
        using var narrow = nn.Sequential(("up", nn.Linear(2, 3)), ("down", nn.Linear(3, 2)));
        using var wide = nn.Sequential(("up", nn.Linear(2, 3)), ("down", nn.Linear(3, 4)));
        using var saved = new BAdam(narrow, learningRate: 0.5, order: BAdamOrder.Ascending);
        saved.save_state_dict(folder["state"]);
        using var other = new BAdam(wide, learningRate: 0.25, order: BAdamOrder.Ascending);
        const string expected = "Parameter 0 of the block \"down\" has the shape [2, 3] in the saved state and [4, 3] here. Create the optimizer for the model "
            + "of the saved one.";
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => other.load_state_dict(folder["state"])).Message, StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => other.load_state_dict(saved.state_dict())).Message, StringComparison.Ordinal);
        Assert.All(other.Blocks, block => Assert.Equal(0.25, block.LearningRate));
    }

    [Fact]
    public void It_learns_a_batch_by_heart()
    {
        using var optimizer = new BAdam(_model, 0.02, interval: 5);
        var first = Step(_model, optimizer);
        var last = Enumerable.Range(0, 400).Select(_ => Step(_model, optimizer)).ToArray()[^1];
        Assert.True(last < 0.1 * first, $"{first} → {last}");
    }

    [Fact]
    public void The_gradient_of_a_graph_from_before_a_switch_is_not_used()
    {
        using var optimizer = new BAdam(_model, interval: 1, order: BAdamOrder.Ascending);
        var former = optimizer.ActiveBlock;
        var stale = Loss(_model);
        Step(_model, optimizer);
        Assert.NotSame(former, optimizer.ActiveBlock);
        Assert.All(former.Parameters, parameter => Assert.Null(parameter.grad));

        stale.backward();
        optimizer.zero_grad();
        Assert.All(former.Parameters, parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_block_begins_without_gradients()
    {
        using var optimizer = new BAdam(_model, interval: 1, order: BAdamOrder.Ascending);
        var next = optimizer.Blocks[1];
        foreach (var parameter in next.Parameters)
            parameter.grad = ones_like(parameter);
        optimizer.step();
        Assert.Same(next, optimizer.ActiveBlock);
        Assert.All(next.Parameters, parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Clipping_is_by_the_norm_of_the_active_block_and_gradients_accumulate_in_it()
    {
        using var optimizer = new BAdam(_model, 0.01, interval: 2, order: BAdamOrder.Descending);
        for (var step = 0; step < 8; step++)
        {
            optimizer.zero_grad();
            Loss(_model).backward();
            var once = optimizer.ActiveBlock.Parameters.Select(parameter => parameter.grad!.clone()).ToArray();
            Loss(_model).backward();
            var norm = Math.Sqrt(once.Sum(gradient => 4 * gradient.pow(2).sum().item<float>()));
            Assert.Equal(norm, nn.utils.clip_grad_norm_(_model.parameters(), 1e-3), 1e-4);
            foreach (var (gradient, parameter) in once.Zip(optimizer.ActiveBlock.Parameters))
                Expect.Close(gradient * (2 * 1e-3 / (norm + 1e-6)), parameter.grad!, 1e-6);
            optimizer.step();
        }
    }

    [Fact]
    public void A_scheduler_sets_the_learning_rate_of_all_blocks()
    {
        using var optimizer = new BAdam(_model, 0.01, interval: 2);
        var scheduler = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.5, end_factor: 1, total_iters: 4);
        Assert.All(optimizer.Blocks, block => Assert.Equal(0.005, block.LearningRate, 1e-12));
        for (var step = 0; step < 4; step++)
        {
            Step(_model, optimizer);
            scheduler.step();
        }

        Assert.All(optimizer.Blocks, block => Assert.Equal(0.01, block.LearningRate, 1e-12));
        foreach (var block in optimizer.Blocks)
            block.LearningRate = 0;
        var before = _model.parameters().Select(parameter => parameter.detach().clone()).ToArray();
        Step(_model, optimizer);
        Assert.All(before.Zip(_model.parameters()), pair => Expect.SameBits(pair.First, pair.Second));
    }

    [Fact]
    public void A_closure_computes_the_gradients_and_its_loss_is_returned()
    {
        using var optimizer = new BAdam(_model, interval: 1);
        var active = optimizer.ActiveBlock;
        var before = active.Parameters.Select(parameter => parameter.detach().clone()).ToArray();
        var loss = optimizer.step(() =>
        {
            var value = Loss(_model);
            value.backward();
            return value;
        });
        Assert.True(loss!.item<float>() > 0);
        Assert.All(before.Zip(active.Parameters), pair => Expect.Differ(pair.First, pair.Second, 1e-6));
        Assert.NotSame(active, optimizer.ActiveBlock);
    }

    [Fact]
    public void It_leaves_no_tensors_and_needs_no_scope()
    {
        using var optimizer = new BAdam(_model, interval: 3);
        Assert.Equal(0, LiveTensors.LeftBy(Run, times: 60));
        Assert.Equal(0, LiveTensors.LeftBy(RunWithoutScope, times: 60));
        optimizer.Dispose();
        Assert.Equal(0, LiveTensors.LeftBy(() => new BAdam(_model).Dispose(), times: 20));

        void RunWithoutScope()
        {
            optimizer.zero_grad();
            optimizer.step();
        }

        void Run()
        {
            using var scope = NewDisposeScope();
            for (var step = 0; step < 3; step++)
                Step(_model, optimizer);
        }
    }

    private static void Copy(Tower from, Tower to)
    {
        using var noGrad = no_grad();
        foreach (var (source, target) in from.parameters().Zip(to.parameters()))
            target.copy_(source);
    }

    private Tensor Loss(Tower model) => nn.functional.cross_entropy(model.forward(_input).to(ScalarType.Float32), _target);

    private float Step(Tower model, BAdam optimizer, Action? afterBackward = null)
    {
        optimizer.zero_grad();
        var loss = Loss(model);
        loss.backward();
        afterBackward?.Invoke();
        optimizer.step();
        return loss.item<float>();
    }
}
