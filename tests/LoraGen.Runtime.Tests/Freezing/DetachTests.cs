using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Freezing;

/// <summary>The model after its adapters is the model before them.</summary>
public sealed class DetachTests
{
    private readonly Perceptron _model = Make.Model(() => new Perceptron());
    private readonly Tensor _input = Make.Normal(3, 5, 6);

    [Theory, InlineData(false), InlineData(true)]
    public void Weights_flags_and_output_are_as_before(bool dispose)
    {
        _model.Up.bias!.requires_grad = false;
        _model.Down.weight.requires_grad = false;
        var before = ModelState.Of(_model);
        var output = _model.forward(_input);

        var lora = Make.Trained(_model.AttachLora());
        Assert.All(_model.parameters(), parameter => Assert.False(parameter.requires_grad));
        if (dispose)
            lora.Dispose();
        else
            lora.Detach();

        Assert.False(lora.IsAttached);
        Assert.Equal(before, ModelState.Of(_model));
        Expect.SameBits(output, _model.forward(_input));
        Expect.SameBits(output, _model.call(_input));
        Assert.Contains("up.weight", before[0]);
        Assert.EndsWith("requires_grad=False", before[1]);
    }

    [Theory, InlineData(0, 1), InlineData(1, 0)]
    public void The_last_of_two_adapters_restores_the_flags(int first, int second)
    {
        _model.Up.bias!.requires_grad = false;
        var before = ModelState.Of(_model);
        Adapter[] adapters = [_model.AttachLora(), _model.AttachUpLora()];

        adapters[first].Detach();
        Assert.All(_model.parameters(), parameter => Assert.False(parameter.requires_grad));
        adapters[second].Detach();
        Assert.Equal(before, ModelState.Of(_model));
    }

    [Fact]
    public void A_model_converted_meanwhile_is_as_if_never_adapted()
    {
        _model.Up.bias!.requires_grad = false;
        var other = Make.Model(() => new Perceptron());
        other.Up.bias!.requires_grad = false;
        other.to(ScalarType.Float64);

        var lora = Make.Trained(_model.AttachLora());
        _model.to(ScalarType.Float64);
        Expect.Differ(other.forward(_input.to(ScalarType.Float64)), _model.forward(_input.to(ScalarType.Float64)));
        lora.Merge();
        lora.Dispose();

        Assert.Equal(ModelState.Of(other), ModelState.Of(_model));
    }

    [Fact]
    public void A_model_converted_while_merged_is_as_if_never_adapted()
    {
        var other = Make.Model(() => new Perceptron()).to(ScalarType.Float64);
        var lora = Make.Trained(_model.AttachLora());
        lora.Merge();
        _model.to(ScalarType.Float64);
        lora.Dispose();

        Assert.Equal(ModelState.Of(other), ModelState.Of(_model));
    }

    [Fact]
    public void Detached_it_keeps_its_parameters_until_disposed()
    {
        var lora = Make.Trained(_model.AttachLora());
        var parameters = lora.Parameters().ToArray();
        lora.Detach();
        Assert.All(parameters, parameter => Assert.False(parameter.IsInvalid));
        lora.Dispose();
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
    }

    [Fact]
    public void Detaching_and_disposing_again_do_nothing()
    {
        var before = ModelState.Of(_model);
        var lora = _model.AttachLora();
        lora.Detach();
        using var next = _model.AttachLora();
        lora.Detach();
        lora.Dispose();
        lora.Dispose();

        Assert.True(next.IsAttached);
        Assert.All(_model.parameters(), parameter => Assert.False(parameter.requires_grad));
        next.Dispose();
        Assert.Equal(before, ModelState.Of(_model));
    }
}
