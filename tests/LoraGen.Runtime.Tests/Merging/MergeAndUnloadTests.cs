using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Merging;

/// <summary>The fine-tuned model without its adapter.</summary>
public sealed class MergeAndUnloadTests
{
    private readonly Perceptron _model = Make.Model(() => new Perceptron());
    private readonly Tensor _input = Make.Normal(3, 5, 6);

    [Theory, InlineData(false), InlineData(true)]
    public void It_is_the_same_model_with_merged_weights(bool merged)
    {
        _model.Up.weight.requires_grad = false;
        var lora = Make.Trained(_model.AttachLora());
        var expected = _model.forward(_input);
        var up = Reference.Merged(lora.Up);
        if (merged)
            lora.Merge();

        var unloaded = lora.MergeAndUnload();

        Assert.Same(_model, unloaded);
        Expect.SameBits(up, _model.Up.weight);
        Expect.Close(expected, _model.forward(_input));
        Expect.Close(expected, _model.call(_input));
        Assert.Equal([false, true, true, true], _model.parameters().Select(parameter => parameter.requires_grad));
    }

    [Fact]
    public void Nothing_of_the_adapter_stays()
    {
        var lora = Make.Trained(_model.AttachLora());
        var parameters = lora.Parameters();
        lora.MergeAndUnload();

        Assert.False(lora.IsAttached);
        Assert.All(parameters, parameter => Assert.True(parameter.IsInvalid));
        Expect.SameBits(_model.Up.forward(_input), _model.Up.call(_input));
        Assert.Throws<ObjectDisposedException>(() => lora.MergeAndUnload());
    }

    [Fact]
    public void The_model_can_be_adapted_again()
    {
        Make.Trained(_model.AttachLora()).MergeAndUnload();
        var before = ModelState.Of(_model);
        using (var lora = Make.Trained(_model.AttachLora(), seed: 50))
        {
            lora.Merge();
            Assert.NotEqual(before, ModelState.Of(_model));
        }

        Assert.Equal(before, ModelState.Of(_model));
    }

    [Fact]
    public void Beside_a_merged_adapter_each_contributes_once()
    {
        using var stays = Make.Trained(_model.AttachUpLora());
        var goes = Make.Trained(_model.AttachLora(), seed: 50);
        var expected = _model.forward(_input);
        stays.Merge();
        var withoutStays = Reference.Merged(goes.Up);

        goes.MergeAndUnload();
        Expect.Close(expected, _model.forward(_input));
        stays.Unmerge();
        Expect.Close(expected, _model.forward(_input));
        Assert.NotEqual(Expect.Bytes(withoutStays), Expect.Bytes(_model.Up.weight));
    }

    [Fact]
    public void Refused_it_does_not_change_the_weights()
    {
        using var lora = Make.Trained(_model.AttachLora());
        var before = ModelState.BitsOf(_model);
        using (no_grad())
            lora.Down.B.fill_(float.NaN);

        Assert.Throws<InvalidOperationException>(() => lora.MergeAndUnload());
        Assert.Equal(before, ModelState.BitsOf(_model));
        Assert.True(lora.IsAttached);
    }
}
