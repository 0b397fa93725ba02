namespace LoraGen.Torch.Tests.Modules;

/// <summary>What happens between a call of a module and its forward, for every number of inputs that is called.</summary>
public sealed class HookTests
{
    private static readonly Tensor A = tensor(1f);

    [Semantics("Module.call", "Module.forward", "Module.register_forward_hook", "Module.register_forward_pre_hook", "HookRemover.remove")]
    [Fact]
    public void Call_runs_the_hooks_in_order_of_registration_and_forward_none()
    {
        using var one = new One();
        var before = one.register_forward_pre_hook((_, a) => a * 10.0);
        var after = one.register_forward_hook((module, a, output) => ReferenceEquals(module, one) ? output + a + 3.0 : output);
        var last = one.register_forward_hook((_, _, output) => output * 2.0);
        ExpectNumbers.Same(46, one.call(A));
        ExpectNumbers.Same(1, one.forward(A));

        after.remove();
        ExpectNumbers.Same(20, one.call(A));
        last.remove();
        before.remove();
        ExpectNumbers.Same(1, one.call(A));
    }

    [Fact]
    public void Hooks_see_all_inputs_of_a_call()
    {
        using var two = new Two();
        two.register_forward_hook((_, a, b, output) => output + (a * 100.0) + (b * 1000.0));
        ExpectNumbers.Same(1102, two.call(A, A));

        using var three = new Three();
        three.register_forward_pre_hook((_, a, b, c) => (a * 2.0, b * 3.0, c * 4.0));
        three.register_forward_hook((_, a, b, c, output) => output + (a * 100.0) + (b * 1000.0) + (c * 10000.0));
        ExpectNumbers.Same(43209, three.call(A, A, A));

        using var four = new Four();
        four.register_forward_pre_hook((_, a, b, c, d) => (a * 2.0, b * 3.0, c * 4.0, d * 5.0));
        four.register_forward_hook((_, a, b, c, d, output) => output + (a * 100.0) + (b * 1000.0) + (c * 10000.0) + (d * 100000.0));
        ExpectNumbers.Same(543214, four.call(A, A, A, A));
    }

    [Fact]
    public void A_hook_that_returns_null_changes_nothing()
    {
        using var one = new One();
        one.register_forward_pre_hook((_, _) => null!);
        one.register_forward_hook((_, _, _) => null!);
        ExpectNumbers.Same(1, one.call(A));
    }
}
