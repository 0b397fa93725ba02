using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Tied;

/// <summary>Two layers with one weight: one site for both, so that merging is exact.</summary>
public sealed class OneWeightTwiceTests
{
    private readonly OneWeightTwice _model = Make.Model(() => new OneWeightTwice());
    private readonly Tensor _input = Make.Normal(3, 4, 5);

    [Fact]
    public void They_have_one_site()
    {
        using var lora = _model.AttachLora();

        Assert.Single(lora.Sites);
        Assert.Equal(["second"], lora.Sites[0].Aliases);
        Assert.Same(lora["first"], lora["second"]);
        Assert.Equal(new ParameterCount(20, 25 + 10 + 20), lora.ParameterCount);
    }

    [Fact]
    public void Typed_properties_show_the_site_that_trains()
    {
        using var lora = Make.Trained(_model.AttachLora());

        Assert.Same(lora.Sites[0], lora.First);
        Expect.SameBits(lora.First.Delta(), lora.Second.Delta());
        Assert.All(lora.First.Parameters.Concat(lora.Second.Parameters), parameter => Assert.False(parameter.IsInvalid));
        Assert.Same(lora.First.A, lora.Second.A);
        Assert.Same(lora.First.B, lora.Second.B);
        lora.To(ScalarType.Float64);
        Assert.Same(lora.First.A, lora.Second.A);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_method_that_reads_the_bias_reads_that_of_the_base_while_another_is_merged(bool tokens)
    {
        using var glora = Make.Trained(_model.AttachGlora());
        using AdapterBase later = tokens ? Make.Trained(_model.AttachTrainableTokens(name: "tokens")) : Make.Trained(_model.AttachLaterGlora());
        var expected = _model.forward(_input);
        glora.Merge();
        Expect.Close(expected, _model.forward(_input));
        glora.Unmerge();
        Expect.Close(expected, _model.forward(_input));
    }

    [Fact]
    public void Both_are_adapted_and_the_weight_is_merged_once()
    {
        var before = ModelState.Of(_model);
        using var lora = Make.Trained(_model.AttachLora());
        var second = ((TorchSharp.Modules.Linear)_model.named_children().Last().module).bias!;
        var first = Reference.Output(lora.First, _input).tanh();
        var expected = Reference.Output(lora.First, first) - ((TorchSharp.Modules.Linear)lora.First.Module).bias! + second;
        Expect.Close(expected, _model.forward(_input));

        lora.Merge();
        Expect.Close(expected, _model.forward(_input));
        lora.Unmerge();
        Expect.Close(expected, _model.forward(_input));
        lora.Dispose();
        Assert.Equal(before, ModelState.Of(_model));
    }

    [Fact]
    public void The_second_alone_trains_but_can_not_be_merged()
    {
        using var lora = Make.Trained(_model.AttachSecondOnlyLora());
        var before = ModelState.BitsOf(_model);

        Assert.Equal(("second", "first.weight"), (lora.Second.Path, lora.Second.TiedTo));
        Assert.Equal(
            "second: its weight is also first.weight, which merging would change too. Leave the layer out of the targets, or untie the weights.",
            Assert.Throws<InvalidOperationException>(lora.Merge).Message);
        Assert.Equal(before, ModelState.BitsOf(_model));
    }
}
