using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Memory;

/// <summary>Adapters live until they are disposed, whatever scope they were made in.</summary>
public sealed class ScopeTests
{
    private readonly Perceptron _model = Make.Model(() => new Perceptron());
    private readonly Tensor _input = Make.Normal(3, 5, 6);

    [Fact]
    public void Attached_in_a_scope_it_outlives_it()
    {
        PerceptronLora lora;
        using (NewDisposeScope())
            lora = _model.AttachLora();
        Assert.All(lora.Parameters(), parameter => Assert.False(parameter.IsInvalid));
        using (lora)
            Expect.Close(Reference.Output(Make.Trained(lora).Up, _input), _model.Up.call(_input));
    }

    [Fact]
    public void An_output_belongs_to_the_callers_scope()
    {
        using var lora = Make.Trained(_model.AttachLora());
        Tensor kept;
        Tensor dropped;
        using (NewDisposeScope())
        {
            kept = _model.Up.call(_input).MoveToOuterDisposeScope();
            dropped = _model.Up.call(_input);
        }

        Assert.True(dropped.IsInvalid);
        Expect.Close(Reference.Output(lora.Up, _input), kept);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_step_without_scopes_is_right(bool inScope)
    {
        using var lora = Make.Trained(_model.AttachLora());
        using (inScope ? NewDisposeScope() : null)
            _model.forward(_input).pow(2).sum().backward();

        var gradient = lora.Up.A.grad!.clone();
        lora.Up.A.grad!.zero_();
        _model.forward(_input).pow(2).sum().backward();
        Expect.Close(gradient, lora.Up.A.grad!, 1e-4);
    }
}
