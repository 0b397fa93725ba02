using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Checkpointing;

/// <summary>Checkpointed blocks have the same gradients, to the bit.</summary>
public sealed class GradientTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    public void Of_parameters_and_inputs(double dropout)
    {
        using var model = Make.Model(() => new Checkpointed(4, dropout));
        var plain = Step(model, model.parameters(), needsInput: true);
        using var enabled = CheckpointedBlocks.Enable(model, "blocks.*");

        AssertSame(plain, Step(model, model.parameters(), needsInput: true));
        Assert.All(model.blocks, block => Assert.Equal(3, block.Count));
    }

    [Fact]
    public void Of_an_adapter_in_a_frozen_model_whose_input_requires_none()
    {
        using var model = Make.Model(() => new Checkpointed());
        using var lora = Make.Trained(model.AttachCheckedLora());
        var found = Step(model, lora.Parameters(), needsInput: false);
        Assert.All(model.blocks, block => Assert.Equal(2, block.Count));

        using var other = Make.Model(() => new Checkpointed());
        using var same = Make.Trained(other.AttachUncheckedLora());
        AssertSame(Step(other, same.Parameters(), needsInput: false), found);
        Assert.All(other.blocks, block => Assert.Equal(1, block.Count));
    }

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(1, 4)]
    [InlineData(2, 5)]
    public void Of_blocks_that_keep_one_input_together(int broken, int count)
    {
        using var model = Make.Model(() => new CheckpointedPairs(count) { Broken = broken });
        var plain = Step(model, model.parameters(), needsInput: true);
        using var enabled = CheckpointedBlocks.Enable(model);

        AssertSame(plain, Step(model, model.parameters(), needsInput: true));
        Assert.All(model.blocks, block => Assert.Equal(3, block.Count));
    }

    [Fact]
    public void Of_nested_checkpoints()
    {
        using var model = Make.Model(() => new CheckpointedStages());
        var plain = Step(model, model.parameters(), needsInput: false);
        using var enabled = CheckpointedBlocks.Enable(model);

        AssertSame(plain, Step(model, model.parameters(), needsInput: false));
        Assert.All(model.stages, stage => Assert.Equal((3, 4), (stage.first.Count, stage.second.Count)));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Of_tuples_masks_and_null(bool hasBias, bool usesBoth)
    {
        using var model = Make.Model(() => new ManyInputs());
        Tensor[] inputs = [Make.Normal(2, 3, 6), Make.Normal(3, 3, 6), Make.Normal(4, 6), Make.Normal(5, 6)];
        foreach (var input in inputs)
            input.requires_grad_(true);
        using var mask = Make.Normal(6, 3, 6) > 1;

        var plain = Gradients();
        using var enabled = CheckpointedBlocks.Enable(new Holder(model));
        AssertSame(plain, Gradients());

        Tensor?[] Gradients()
        {
            Clear([.. model.parameters(), .. inputs]);
            var (powers, sums, same) = model.forward(inputs[0], (inputs[1], inputs[2]), mask, hasBias ? inputs[3] : null, 2);
            Assert.Equal(ScalarType.Bool, same.dtype);
            (usesBoth ? powers.sum() + (sums * 3).sum() : sums.pow(2).sum()).backward();
            return [.. model.parameters().Concat(inputs).Select(tensor => tensor.grad)];
        }
    }

    [Fact]
    public void Of_a_second_backward_pass_over_the_same_graph()
    {
        using var model = Make.Model(() => new CheckpointedPairs(4));
        using var enabled = CheckpointedBlocks.Enable(model);
        var once = Step(model, model.parameters(), needsInput: false);

        Clear(model.parameters());
        var input = Make.Normal(3, 2, 6);
        random.manual_seed(5);
        var loss = model.forward(input).pow(2).mean();
        loss.backward(retain_graph: true);
        Clear(model.parameters());
        loss.backward();
        AssertSame(once, [.. model.parameters().Select(parameter => parameter.grad), null]);
    }

    [Fact]
    public void The_random_numbers_after_a_step_are_the_same()
    {
        using var model = Make.Model(() => new Checkpointed());
        Step(model, model.parameters(), needsInput: false);
        using var plain = rand(4);
        using var enabled = CheckpointedBlocks.Enable(model, "blocks.*");
        Step(model, model.parameters(), needsInput: false);
        using var checkpointed = rand(4);

        Assert.Equal(plain.data<float>().ToArray(), checkpointed.data<float>().ToArray());
    }

    [Fact]
    public void A_block_runs_once_without_gradients_in_evaluation_and_after_the_checkpoint_has_ended()
    {
        using var model = Make.Model(() => new Checkpointed(1));
        using (CheckpointedBlocks.Enable(model, "blocks.*"))
        {
            using (no_grad())
                model.forward(Make.Normal(3, 2, 6));
            Step(model, model.parameters(), needsInput: false);
            model.eval();
            Step(model, model.parameters(), needsInput: false);
            model.train();
        }

        Step(model, model.parameters(), needsInput: false);
        Assert.Equal(1 + 2 + 1 + 1, model.blocks[0].Count);
    }

    [Fact]
    public void A_second_run_has_the_adapters_of_the_first()
    {
        using var model = Make.Model(() => new Checkpointed());
        using var lora = Make.Trained(model.AttachCheckedLora());
        var expected = Step(model, lora.Parameters(), needsInput: false);

        Clear(lora.Parameters());
        var input = Make.Normal(3, 2, 6);
        random.manual_seed(5);
        var loss = model.forward(input).pow(2).mean();
        lora.IsActive = false;
        loss.backward();
        AssertSame(expected, [.. lora.Parameters().Select(parameter => parameter.grad), null]);
    }

    internal static Tensor?[] Step(nn.Module<Tensor, Tensor> model, IEnumerable<Parameter> parameters, bool needsInput)
    {
        Clear(parameters);
        var input = Make.Normal(3, 2, 6).requires_grad_(needsInput);
        random.manual_seed(5);
        model.forward(input).pow(2).mean().backward();
        return [.. parameters.Select(parameter => parameter.grad), input.grad];
    }

    private static void Clear(IEnumerable<Tensor> tensors)
    {
        foreach (var tensor in tensors)
            tensor.grad = null;
    }

    private static void AssertSame(Tensor?[] expected, Tensor?[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.Contains(expected, gradient => gradient is not null);
        foreach (var (first, second) in expected.Zip(actual))
            Assert.Equal(first?.data<float>().ToArray(), second?.data<float>().ToArray());
    }

    private sealed class Holder : nn.Module
    {
        private readonly ManyInputs block;

        public Holder(ManyInputs block)
            : base(nameof(Holder))
        {
            this.block = block;
            RegisterComponents();
        }
    }
}
