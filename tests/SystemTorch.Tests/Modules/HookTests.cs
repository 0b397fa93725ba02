using static TorchSharp.torch;

namespace SystemTorch.Tests.Modules;

public class HookTests
{
    [Fact]
    public void Forward_runs_no_hooks_and_call_runs_them_in_order_of_registration()
    {
        using var triple = new Triple();
        var ran = new List<string>();
        nn.Module? seen = null;
        triple.register_forward_pre_hook((module, input) => { ran.Add("pre"); seen = module; return input + 1; });
        triple.register_forward_hook((_, _, output) => { ran.Add("post1"); return output + 1; });
        triple.register_forward_hook((_, _, output) => { ran.Add("post2"); return output * 2; });

        triple.forward(ones(1)).Floats().Near(3);
        Assert.Empty(ran);

        triple.call(ones(1)).Floats().Near((3 * 2 + 1) * 2);
        Assert.Equal(["pre", "post1", "post2"], ran);
        Assert.Same(triple, seen);
    }

    [Fact]
    public void Module_hooks_stand_around_the_others()
    {
        using var triple = new Triple();
        var ran = new List<string>();
        triple.register_forward_hook((_, _, output) => { ran.Add("post"); return output; });
        triple.register_forward_hook(_ => ran.Add("module post"));
        triple.register_forward_pre_hook((_, input) => { ran.Add("pre"); return input; });
        triple.register_forward_pre_hook(_ => ran.Add("module pre"));
        triple.call(ones(1));
        Assert.Equal(["module pre", "pre", "post", "module post"], ran);
    }

    [Fact]
    public void A_removed_hook_does_not_run_and_removing_twice_is_allowed()
    {
        using var triple = new Triple();
        var first = triple.register_forward_hook((_, _, output) => output * 2);
        var second = triple.register_forward_pre_hook((_, input) => input * 2);
        triple.call(ones(1)).Floats().Near(12);
        first.remove();
        first.remove();
        second.remove();
        triple.call(ones(1)).Floats().Near(3);
    }

    [Fact]
    public void A_hook_that_returns_null_keeps_the_value()
    {
        using var triple = new Triple();
        triple.register_forward_pre_hook((_, _) => null!);
        triple.register_forward_hook((_, _, _) => null!);
        triple.call(ones(1)).Floats().Near(3);
    }

    [Fact]
    public void An_output_that_a_hook_replaces_is_not_disposed()
    {
        using var triple = new Triple();
        Tensor? replaced = null;
        triple.register_forward_hook((_, _, output) => { replaced = output; return output + 1; });
        triple.call(ones(1)).Floats().Near(4);
        Assert.False(replaced!.IsInvalid);
    }

    [Fact]
    public void An_exception_in_a_hook_comes_through()
    {
        using var triple = new Triple();
        triple.register_forward_hook((_, _, _) => throw new InvalidOperationException("from hook"));
        Assert.Equal("from hook", Assert.Throws<InvalidOperationException>(() => triple.call(ones(1))).Message);
    }

    [Fact]
    public void Registering_a_hook_inside_a_hook_throws()
    {
        using var triple = new Triple();
        triple.register_forward_hook((module, _, output) => { module.register_forward_hook((_, _, o) => o); return output; });
        var error = Assert.Throws<InvalidOperationException>(() => triple.call(ones(1)));
        Assert.Equal("Collection was modified; enumeration operation may not execute.", error.Message);
    }

    [Fact]
    public void Hooks_of_modules_with_several_inputs_get_and_change_all_of_them()
    {
        using var sum = new Sum();
        sum.register_forward_pre_hook((_, a, b) => (a * 10, b));
        sum.register_forward_hook((_, a, b, output) => output + a + b);
        sum.call(ones(1), ones(1)).Floats().Near(22);
        sum.register_forward_pre_hook((_, _, _) => null);
        sum.call(ones(1), ones(1)).Floats().Near(22);
    }

    [Fact]
    public void The_call_of_an_interface_runs_hooks_too()
    {
        using var triple = new Triple();
        triple.register_forward_hook((_, _, output) => output + 1);
        nn.IModule<Tensor, Tensor> module = triple;
        module.call(ones(1)).Floats().Near(4);
    }

    private sealed class Triple() : nn.Module<Tensor, Tensor>(nameof(Triple))
    {
        public override Tensor forward(Tensor input) => input * 3;
    }

    private sealed class Sum() : nn.Module<Tensor, Tensor, Tensor>(nameof(Sum))
    {
        public override Tensor forward(Tensor input1, Tensor input2) => input1 + input2;
    }
}
