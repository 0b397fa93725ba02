using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Properties;

/// <summary>Dropout before A.</summary>
public sealed class DropoutTests
{
    private readonly Perceptron _model = Make.Model(() => new Perceptron());
    private readonly Tensor _input = Make.Normal(3, 1, 6).expand(20_000, 6);

    [Fact]
    public void It_acts_in_training_mode_only()
    {
        using var lora = Make.Trained(_model.AttachDroppedLora());
        var expected = Reference.Output(lora.Down, Reference.Output(lora.Up, _input).tanh());

        _model.eval();
        Expect.Close(expected, _model.forward(_input));
        _model.train();
        Expect.Differ(expected, _model.forward(_input));
        _model.eval();
        Expect.Close(expected, _model.forward(_input));
    }

    [Fact]
    public void It_keeps_the_mean()
    {
        using var lora = Make.Trained(_model.AttachDroppedLora());
        using var noGrad = no_grad();
        random.manual_seed(11);
        _model.train();

        var added = _model.Up.call(_input) - Reference.Base(lora.Up, _input);
        var expected = Reference.Delta(lora.Up, _input).mean([0]);
        var tolerance = added.std(0) * (5 / Math.Sqrt(_input.shape[0]));
        Assert.True((added.mean([0]) - expected).abs().lt(tolerance).all().item<bool>());
        Assert.True(tolerance.min().item<float>() > 0);
    }

    [Fact]
    public void It_drops_the_given_share()
    {
        using var lora = _model.AttachDroppedLora();
        using var noGrad = no_grad();
        random.manual_seed(12);
        _model.train();

        // One input reaches one output: 0 where it was dropped, 1/(1 - p) of it where not.
        lora.Up.A.zero_()[0, 0] = ones(1, device: TestDevice.Device)[0];
        lora.Up.B.zero_()[0, 0] = ones(1, device: TestDevice.Device)[0];
        var added = (_model.Up.call(_input) - Reference.Base(lora.Up, _input))[.., 0];
        var dropped = added.abs().lt(1e-6).to(ScalarType.Float32).mean().item<float>();
        Assert.Equal(lora.Up.Dropout, dropped, 0.02);
        var kept = _input[0, 0].item<float>() * lora.Up.Scaling / (1 - lora.Up.Dropout);
        Assert.Equal(kept, added.sum().item<float>() / ((1 - dropped) * _input.shape[0]), 1e-4);
    }

    [Fact]
    public void It_leaves_the_base_models_path_alone()
    {
        var input = Make.Normal(3, 5, 6);
        var before = _model.forward(input);
        using var lora = _model.AttachDroppedLora();
        _model.train();

        Expect.SameBits(before, _model.forward(input));
    }

    [Fact]
    public void Without_it_training_mode_changes_nothing()
    {
        using var lora = Make.Trained(_model.AttachLora());
        var input = Make.Normal(3, 5, 6);
        _model.eval();
        var expected = _model.forward(input);
        _model.train();

        Expect.SameBits(expected, _model.forward(input));
    }
}
