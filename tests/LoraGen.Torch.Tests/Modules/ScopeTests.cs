using TorchSharp.Modules;

namespace LoraGen.Torch.Tests.Modules;

/// <summary>Whose end is a tensor's end.</summary>
public sealed class ScopeTests
{
    [Semantics("torch.NewDisposeScope", "Tensor.DetachFromDisposeScope", "Tensor.MoveToOuterDisposeScope")]
    [Fact]
    public void A_scope_disposes_what_was_made_in_it_and_not_taken_out()
    {
        Tensor gone, kept, moved;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                gone = ones(1);
                kept = ones(1).DetachFromDisposeScope();
                moved = ones(1).MoveToOuterDisposeScope();
            }

            Assert.Equal((true, false, false), (gone.IsInvalid, kept.IsInvalid, moved.IsInvalid));
        }

        Assert.Equal((false, true), (kept.IsInvalid, moved.IsInvalid));
        kept.Dispose();
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void A_parameter_takes_the_place_of_its_tensor()
    {
        Parameter parameter, detached;
        using (NewDisposeScope())
        {
            parameter = new Parameter(ones(1));
            detached = new Parameter(ones(1));
            detached.DetachFromDisposeScope();
        }

        Assert.Equal((true, false), (parameter.IsInvalid, detached.IsInvalid));
    }
}
