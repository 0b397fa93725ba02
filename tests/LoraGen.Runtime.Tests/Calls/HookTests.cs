using System.Collections;
using System.Reflection;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Calls;

/// <summary>User-defined hooks beside the adapter's.</summary>
public sealed class HookTests
{
    private readonly Perceptron _model = Make.Model(() => new Perceptron());
    private readonly Tensor _input = Make.Normal(3, 5, 6);
    private readonly List<(string Hook, Tensor Output)> _seen = [];

    [Fact]
    public void They_run_in_order_of_registration()
    {
        Watch("before");
        using var lora = Make.Trained(_model.AttachLora());
        Watch("after");
        var output = _model.Up.call(_input);

        Assert.Equal(["before", "after"], _seen.Select(entry => entry.Hook));
        Expect.SameBits(Reference.Base(lora.Up, _input), _seen[0].Output);
        Expect.Close(Reference.Output(lora.Up, _input), _seen[1].Output);
        Expect.SameBits(output, _seen[1].Output);
    }

    [Fact]
    public void What_they_change_stays_changed()
    {
        _model.Up.register_forward_hook((_, _, output) => output * 2);
        using var lora = Make.Trained(_model.AttachLora());
        _model.Up.register_forward_hook((_, _, output) => output + 1);

        Expect.Close((Reference.Base(lora.Up, _input) * 2) + Reference.Delta(lora.Up, _input) + 1, _model.Up.call(_input));
    }

    [Fact]
    public void A_pre_hook_changes_what_the_adapter_reads()
    {
        using var lora = Make.Trained(_model.AttachLora());
        _model.Up.register_forward_pre_hook((_, input) => input * 3);

        Expect.Close(Reference.Output(lora.Up, _input * 3), _model.Up.call(_input));
    }

    [Fact]
    public void Forward_runs_none_as_everywhere_in_TorchSharp()
    {
        using var lora = Make.Trained(_model.AttachLora());
        Watch("hook");

        Expect.Close(Reference.Output(lora.Up, _input), _model.Up.forward(_input));
        _model.forward(_input);
        Assert.Empty(_seen);
    }

    [Fact]
    public void They_stay_when_the_adapter_is_detached()
    {
        Watch("before");
        var lora = Make.Trained(_model.AttachLora());
        Watch("after");
        lora.Dispose();
        _model.Up.call(_input);

        Assert.Equal(["before", "after"], _seen.Select(entry => entry.Hook));
        Expect.SameBits(_seen[0].Output, _seen[1].Output);
    }

    [Fact]
    public void Two_adapters_share_one_hook()
    {
        using var first = Make.Trained(_model.AttachLora());
        Watch("between");
        using var second = Make.Trained(_model.AttachUpLora(), seed: 50);
        _model.Up.call(_input);

        Expect.Close(Reference.Output(first.Up, _input) + Reference.Delta(second.Up, _input), _seen.Single().Output);
    }

    [Fact]
    public void An_output_that_a_hook_made_not_contiguous_is_added_to()
    {
        _model.Up.register_forward_hook((_, _, output) => output.transpose(0, 1).contiguous().transpose(0, 1));
        using var lora = Make.Trained(_model.AttachLora());
        using var noGrad = no_grad();
        var input = Make.Normal(3, 2, 5, 6);

        Expect.Close(Reference.Output(lora.Up, input), _model.Up.call(input));
    }

    [Fact]
    public void None_of_the_adapters_stays_registered()
    {
        var hooks = (IDictionary)_model.Up.GetType()
            .GetField("post_hooks", BindingFlags.Instance | BindingFlags.NonPublic)!
            .GetValue(_model.Up)!;
        var first = _model.AttachLora();
        var second = _model.AttachUpLora();
        Assert.Single(hooks);
        first.Detach();
        Assert.Single(hooks);
        second.Detach();
        Assert.Empty(hooks);
    }

    // The adapter disposes or overwrites the layer's own output, so a hook that wants to keep it copies it.
    private void Watch(string name)
    {
        _model.Up.register_forward_hook((_, _, output) =>
        {
            _seen.Add((name, output.detach().clone()));
            return output;
        });
    }
}
