using System.Runtime.CompilerServices;
using LoraGen.Runtime.Tests.Memory;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Checkpointing;

/// <summary>Nothing is kept of what a checkpointed block computes, and nothing is left of its second run.</summary>
public sealed class MemoryTests
{
    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 0)]
    public void A_graph_has_no_node_of_a_checkpointed_block(bool isCheckpointed, int expected)
    {
        using var model = Make.Model(() => new Watched(3));
        using var enabled = isCheckpointed ? CheckpointedBlocks.Enable(model, "blocks.*") : null;
        using var loss = Loss(model);

        Assert.Equal(expected, AliveNodes());
        loss.backward();
        Assert.All(model.parameters(), parameter => Assert.NotNull(parameter.grad));
        GC.KeepAlive(loss);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Two_hundred_steps_leave_no_tensor(int every)
    {
        using var model = Make.Model<nn.Module<Tensor, Tensor>>(() => every == 1 ? new CheckpointedStages() : new CheckpointedPairs(4));
        using var input = Make.Normal(3, 2, 6);
        using var enabled = CheckpointedBlocks.Enable(model);

        Assert.Equal(0, LiveTensors.LeftBy(Step, times: 200));
        Assert.Equal(0, LiveTensors.LeftBy(Step, times: 200));

        void Step()
        {
            using var scope = NewDisposeScope();
            model.forward(input).pow(2).mean().backward();
            foreach (var parameter in model.parameters())
                parameter.grad = null;
        }
    }

    [Fact]
    public void Blocks_that_keep_one_input_together_free_those_between()
    {
        using var model = Make.Model(() => new CheckpointedPairs(4));
        using var enabled = CheckpointedBlocks.Enable(model);
        using var scope = NewDisposeScope();
        var before = LiveTensors.Count();
        var output = model.forward(Make.Normal(3, 2, 6));
        output.sum().backward();

        // What the second run of a pair has kept for its first block is freed with that block.
        Assert.All(model.blocks, block => Assert.Equal(2, block.Count));
        Assert.InRange(Tensor.TotalCount - before, 1, 12);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Tensor Loss(Watched model)
    {
        Watched.Nodes.Clear();
        using var scope = NewDisposeScope();
        return model.forward(Make.Normal(3, 2, 6)).sum().MoveToOuterDisposeScope();
    }

    private static int AliveNodes()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return Watched.Nodes.Count(node => node.IsAlive);
    }
}
