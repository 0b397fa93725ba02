using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Checkpointing;

/// <summary>What can't be done with checkpointed blocks is an error, and the process goes on.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_exception_of_the_second_run_is_thrown_by_backward_as_it_was(bool isNested)
    {
        using var stages = Make.Model(() => new CheckpointedStages());
        using var enabled = CheckpointedBlocks.Enable(stages);
        nn.Module<Tensor, Tensor> model = isNested ? stages : stages.stages[0].second;
        FailInRun(stages.stages[0].second, isNested ? 3 : 2);
        var loss = model.forward(Make.Normal(3, 2, 6).requires_grad_(true)).sum();

        var thrown = Assert.Throws<FormatException>(() => loss.backward());

        Assert.Equal("in the block", thrown.Message);
        Assert.Contains(nameof(FailInRun), thrown.StackTrace, StringComparison.Ordinal);
        AssertStillTrains(stages);
    }

    [Fact]
    public void An_exception_of_a_backward_pass_that_is_not_intercepted_is_thrown_by_the_next_call()
    {
        using var model = Make.Model(() => new CheckpointedStages());
        using var enabled = CheckpointedBlocks.Enable(model);
        FailInRun(model.stages[1].second, 2);
        Action backward = model.forward(Make.Normal(3, 2, 6)).sum().backward;

        Assert.Throws<ExternalException>(backward);

        var thrown = Assert.Throws<InvalidOperationException>(() => model.forward(Make.Normal(3, 2, 6)));
        Assert.StartsWith("stages.1: the last backward pass failed", thrown.Message, StringComparison.Ordinal);
        Assert.IsType<FormatException>(thrown.InnerException!.InnerException ?? thrown.InnerException);
        AssertStillTrains(model);
    }

    [Fact]
    public void In_autograd_grad()
    {
        using var model = Make.Model(() => new Checkpointed());
        using var enabled = CheckpointedBlocks.Enable(model, "blocks.*");
        var input = Make.Normal(3, 2, 6).requires_grad_(true);
        var loss = model.forward(input).sum();

        Refused("autograd.grad, or in a backward with inputs", () => autograd.grad([loss], [input]));
        Refused("autograd.grad, or in a backward with inputs", () => model.forward(input).sum().backward(inputs: [input]));

        Func<IList<Tensor>, IList<Tensor>, IList<Tensor>?, bool, bool, bool, IList<Tensor>> notIntercepted = autograd.grad;
        var gradient = notIntercepted([model.forward(input).sum()], [input], null, false, false, false)[0];
        Assert.All(gradient.data<float>().ToArray(), value => Assert.True(float.IsNaN(value)));
        Refused("blocks.0: the last backward pass failed", () => model.forward(input));
    }

    [Fact]
    public void Of_second_derivatives()
    {
        using var model = Make.Model(() => new Checkpointed());
        using var enabled = CheckpointedBlocks.Enable(model, "blocks.*");
        var loss = model.forward(Make.Normal(3, 2, 6)).sum();

        Refused("has no second derivatives", () => loss.backward(create_graph: true));
    }

    [Fact]
    public void Of_a_block_in_evaluation_in_between()
    {
        using var model = Make.Model(() => new Checkpointed());
        using var enabled = CheckpointedBlocks.Enable(model, "blocks.*");
        var loss = model.forward(Make.Normal(3, 2, 6)).sum();
        model.eval();

        Refused("blocks.3: the block was set to eval()", () => loss.backward());
    }

    [Fact]
    public void Of_a_block_that_computes_something_else()
    {
        using var model = Make.Model(() => new Checkpointed(dropout: 0));
        using var enabled = CheckpointedBlocks.Enable(model, "blocks.*");
        var loss = model.forward(Make.Normal(3, 2, 6)).sum();
        using (no_grad())
            model.blocks[1].parameters().First().mul_(3);

        Refused("blocks.1: the checkpointed block computed something else", () => loss.backward());
    }

    [Fact]
    public void Of_an_output_that_is_changed_in_place()
    {
        using var model = Make.Model(() => new Checkpointed { Between = static output => output.add_(1) });
        using var enabled = CheckpointedBlocks.Enable(model, "blocks.*");

        Assert.Contains("modified inplace", Assert.Throws<ExternalException>(() => model.forward(Make.Normal(3, 2, 6))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_blocks_that_a_container_calls()
    {
        nn.Module<Tensor, Tensor> stage = new CheckpointedStage();
        using var model = new Held(nn.Sequential(stage));

        Refused("block.0 can't be checkpointed, because the Sequential that holds it calls it", () => CheckpointedBlocks.Enable(model));
    }

    [Fact]
    public void Of_patterns_and_models_without_blocks()
    {
        using var model = Make.Model(() => new Checkpointed());

        Refused(
            "Adapter \"missing\" on Checkpointed: Checkpoint \"block.*\" matches no module of the model. Nearest: blocks",
            () => model.AttachMissingLora().Dispose());
        Refused("Checkpointed: no module has [Checkpoint].", () => CheckpointedBlocks.Enable(model));
    }

    [Fact]
    public void Of_blocks_that_no_intercepted_call_runs()
    {
        using var model = Make.Model(() => new CalledElsewhere());
        using var lora = model.AttachLora();

        Refused("no intercepted call has run the checkpointed block block, which", () => model.forward(Make.Normal(3, 2, 6)));
        model.forward(Make.Normal(3, 2, 6));
    }

    [Fact]
    public void Of_a_list_whose_tensors_require_gradients()
    {
        using var block = Make.Model(() => new ListInput());
        using var enabled = CheckpointedBlocks.Enable(new Held(block));

        Refused("a List`1 among the inputs", () => block.forward(Make.Normal(3, 2, 6), [Make.Normal(3, 2, 6).requires_grad_(true)]));
        block.forward(Make.Normal(3, 2, 6), [Make.Normal(3, 2, 6)]).sum().backward();
    }

    private static void Refused(string message, Action action) =>
        Assert.Contains(message, Assert.Throws<InvalidOperationException>(action).Message, StringComparison.Ordinal);

    private static void FailInRun(CheckpointedBlock block, int run)
    {
        block.Runs = () =>
        {
            if (block.Count == run)
                throw new FormatException("in the block");
        };
    }

    private static void AssertStillTrains(CheckpointedStages model)
    {
        foreach (var parameter in model.parameters())
            parameter.grad = null;
        model.forward(Make.Normal(3, 2, 6)).sum().backward();
        Assert.All(model.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    private sealed class Held : nn.Module
    {
        private readonly nn.Module block;

        public Held(nn.Module block)
            : base(nameof(Held))
        {
            this.block = block;
            RegisterComponents();
        }
    }
}
