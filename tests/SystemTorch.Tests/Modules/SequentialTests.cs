using TorchSharp;
using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class SequentialTests
{
    [Fact]
    public void Names_go_into_the_keys_and_hooks_of_children_run_in_call_and_forward()
    {
        var first = nn.Linear(2, 3);
        using var sequential = nn.Sequential(("l1", first), ("relu", nn.ReLU()), ("l2", nn.Linear(3, 1)));
        Assert.Equal(["l1.weight", "l1.bias", "l2.weight", "l2.bias"], sequential.state_dict().Keys);
        Assert.Equal(["l1", "relu", "l2"], sequential.named_modules().Select(entry => entry.name));

        var ran = 0;
        first.register_forward_hook((_, _, output) => { ran++; return output; });
        sequential.call(ones(1, 2));
        sequential.forward(ones(1, 2));
        Assert.Equal(2, ran);
    }

    [Fact]
    public void Children_without_names_are_numbered()
    {
        using var sequential = nn.Sequential(nn.Linear(1, 1, hasBias: false)).append(nn.Identity()).append("last", nn.Linear(1, 1, hasBias: false));
        Assert.Equal(["0.weight", "last.weight"], sequential.state_dict().Keys);
        Assert.Equal(3, sequential.Count);
    }

    [Fact]
    public void What_passes_between_the_children_is_disposed_and_backward_still_works()
    {
        var first = nn.Linear(2, 2);
        using var sequential = nn.Sequential(first, nn.Tanh(), nn.Linear(2, 1));
        Tensor? kept = null;
        first.register_forward_hook((_, _, output) => { kept = output; return output; });
        using var input = ones(1, 2);

        var result = sequential.call(input);
        Assert.True(kept!.IsInvalid);
        Assert.False(input.IsInvalid);
        result.sum().backward();
        Assert.NotNull(first.weight.grad);
    }

    [Fact]
    public void A_last_child_that_returns_its_input_gives_a_disposed_result()
    {
        using var sequential = nn.Sequential(nn.ReLU(), new SameObject());
        Assert.True(sequential.call(ones(1)).IsInvalid);
    }

    [Fact]
    public void Identity_and_an_empty_sequential_give_fresh_handles()
    {
        using var identity = nn.Identity();
        using var empty = nn.Sequential();
        using var x = ones(1);
        using var y = identity.call(x);
        using var z = empty.call(x);
        Assert.NotEqual(x.Handle, y.Handle);
        Assert.NotEqual(x.Handle, z.Handle);
        x.fill_(5);
        y.Floats().Near(5);
        z.Floats().Near(5);
    }

    [Fact]
    public void Slices_share_the_modules()
    {
        var modules = Enumerable.Range(0, 4).Select(_ => (nn.Module<Tensor, Tensor>)nn.Linear(1, 1)).ToArray();
        using var sequential = nn.Sequential(modules);
        Assert.Same(modules[2], sequential[2]);
        Assert.Equal(2, sequential[1..3].Count);
        Assert.Same(modules[3], sequential[^1..][0]);
        Assert.Same(modules[1], sequential[(1, null)][0]);
        Assert.Throws<IndexOutOfRangeException>(() => sequential[(5, 6)]);
    }

    [Fact]
    public void Training_mode_types_and_disposal_reach_the_children()
    {
        var linear = nn.Linear(1, 1);
        var dropout = nn.Dropout();
        var sequential = nn.Sequential(("fc", linear), ("drop", dropout));
        sequential.eval();
        Assert.False(sequential.training || linear.training || dropout.training);
        sequential.train();
        Assert.True(sequential.training && linear.training && dropout.training);

        sequential.to(ScalarType.Float64);
        Assert.Equal(ScalarType.Float64, linear.weight.dtype);

        var seen = new List<nn.Module>();
        sequential.apply(seen.Add);
        Assert.Equal([linear, dropout, sequential], seen);

        sequential.Dispose();
        Assert.True(linear.weight.IsInvalid);
    }

    [Fact]
    public void A_sequential_inside_a_module_keeps_its_keys()
    {
        using var outer = nn.Sequential(("inner", nn.Sequential(("fc", nn.Linear(1, 1, hasBias: false)))));
        Assert.Equal(["inner.fc.weight"], outer.state_dict().Keys);
        Assert.Equal(["inner", "inner.fc"], outer.named_modules().Select(entry => entry.name));
    }

    private sealed class SameObject() : nn.Module<Tensor, Tensor>(nameof(SameObject))
    {
        public override Tensor forward(Tensor input) => input;
    }
}
