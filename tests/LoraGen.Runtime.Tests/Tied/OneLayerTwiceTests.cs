using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Tied;

/// <summary>A layer that is registered under two names: one site with both paths.</summary>
public sealed class OneLayerTwiceTests
{
    private readonly OneLayerTwice _model = Make.Model(() => new OneLayerTwice());
    private readonly Tensor _input = Make.Normal(3, 4, 5);

    [Fact]
    public void It_is_adapted_once()
    {
        using var lora = _model.AttachLora();

        Assert.Single(lora.Sites);
        Assert.Equal(["second"], lora.First.Aliases);
        Assert.Same(lora.First, lora.Second);
        Assert.Same(lora["first"], lora["second"]);
        Assert.Equal(new ParameterCount(20, 50), lora.ParameterCount);
        Assert.Null(lora.First.TiedTo);
    }

    [Fact]
    public void Both_uses_are_adapted_and_merged_once()
    {
        var before = ModelState.Of(_model);
        using var lora = Make.Trained(_model.AttachLora());
        var expected = Reference.Output(lora.First, Reference.Output(lora.First, _input).tanh());
        Expect.Close(expected, _model.forward(_input));

        lora.Merge();
        Expect.Close(expected, _model.forward(_input));
        lora.Detach();
        Assert.Equal(before, ModelState.Of(_model));
    }

    [Fact]
    public void Targeted_by_its_second_name_it_is_adapted()
    {
        using var lora = Make.Trained(_model.AttachSecondOnlyLora());

        Assert.Equal("second", lora.Sites.Single().Path);
        Expect.Close(Reference.Output(lora.Second, Reference.Output(lora.Second, _input).tanh()), _model.forward(_input));
    }

    [Fact]
    public void Ignored_under_one_name_it_is_left_out()
    {
        using var model = Make.Model(() => new IgnoredOnce());
        using var lora = model.AttachLora();

        Assert.Equal(["third"], lora.Sites.Select(site => site.Path));
        Assert.Equal(new ParameterCount(20, 30 + 30 + 20), lora.ParameterCount);
    }
}
