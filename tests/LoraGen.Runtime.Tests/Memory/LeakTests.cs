using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Memory;

/// <summary>No tensor is left behind, and none is freed too early.</summary>
public sealed class LeakTests
{
    private readonly Perceptron _model = Make.Model(() => new Perceptron());
    private readonly Tensor _input = Make.Normal(3, 5, 6);

    [Fact]
    public void Training_in_scopes_leaves_none()
    {
        using var lora = Make.Trained(_model.AttachDroppedLora());
        using var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
        _model.train();

        Assert.Equal(0, LiveTensors.LeftBy(Step, times: 300));

        void Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            _model.forward(_input).pow(2).mean().backward();
            optimizer.step();
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_layer_makes_its_output_and_no_more_without_scopes(bool grad)
    {
        using var lora = Make.Trained(_model.AttachLora());
        using var second = Make.Trained(_model.AttachUpLora());
        _model.eval();

        Assert.Equal(0, LiveTensors.LeftBy(Run, times: 100));

        void Run()
        {
            using var mode = set_grad_enabled(grad);
            _model.Up.call(_input).Dispose();
            _model.Up.forward(_input).Dispose();
        }
    }

    [Fact]
    public void A_layer_in_half_precision_makes_its_output_and_no_more()
    {
        using var model = Make.Model(() => new Perceptron(), dtype: ScalarType.BFloat16);
        using var lora = Make.Trained(model.AttachDroppedLora());
        using var input = _input.to(ScalarType.BFloat16);
        Assert.Equal(0, LiveTensors.LeftBy(() => model.Up.call(input).Dispose(), times: 100));
    }

    [Fact]
    public void Merging_and_unmerging_leave_none()
    {
        using var lora = Make.Trained(_model.AttachLora());
        Assert.Equal(0, LiveTensors.LeftBy(Round, times: 50));

        void Round()
        {
            lora.Merge();
            lora.Unmerge();
        }
    }

    [Fact]
    public void Attaching_and_disposing_leave_none()
    {
        Assert.Equal(0, LiveTensors.LeftBy(() => _model.AttachLora().Dispose(), times: 50, parameters: 4));
        Assert.Equal(0, LiveTensors.LeftBy(AttachMerged, times: 50, parameters: 4));

        void AttachMerged()
        {
            using var lora = _model.AttachLora();
            lora.Merge();
        }
    }

    [Fact]
    public void A_refused_attach_leaves_none()
    {
        using var toy = Make.Model(() => new Toy());
        Assert.Equal(0, LiveTensors.LeftBy(() => Assert.Throws<InvalidOperationException>(() => toy.AttachTypoLora()), times: 20, parameters: 4));
    }

    [Fact]
    public void Tied_layers_leave_none()
    {
        using var model = Make.Model(() => new OneWeightTwice());
        Assert.Equal(0, LiveTensors.LeftBy(() => model.AttachLora().Dispose(), times: 50, parameters: 4));
    }

    [Fact]
    public void Unloading_frees_the_adapters()
    {
        Assert.Equal(0, LiveTensors.LeftBy(() => _model.AttachLora().MergeAndUnload(), times: 50, parameters: 4));
    }

    [Fact]
    public void Converting_leaves_none()
    {
        using var lora = _model.AttachLora();
        Assert.Equal(0, LiveTensors.LeftBy(() => lora.To(ScalarType.Float64), times: 50, parameters: 4));
    }
}
