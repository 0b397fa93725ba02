using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Tied;

/// <summary>A head that is the embedding: it trains, but merging it would change what the embedding reads.</summary>
public sealed class TiedHeadTests
{
    private readonly TiedHead _model = Make.Model(() => new TiedHead());
    private readonly Tensor _input = tensor(new long[] { 1, 7, 10, 0 }, [2, 2]).to(TestDevice.Device);

    [Fact]
    public void It_is_counted_once()
    {
        using var lora = _model.AttachLora();

        var adapter = 2 * (6 + 6) + 2 * (6 + 11);
        Assert.Equal(new ParameterCount(adapter, (11 * 6) + (6 * 6) + 6 + adapter), lora.ParameterCount);
        Assert.Equal("wte.weight", lora.LmHead.TiedTo);
        Assert.Null(lora.Inner.TiedTo);
    }

    [Fact]
    public void It_is_adapted()
    {
        using var lora = Make.Trained(_model.AttachLora());
        var wte = (Embedding)_model.named_children().First().module;

        var expected = Reference.Output(lora.LmHead, Reference.Output(lora.Inner, wte.forward(_input)).tanh());
        Expect.Close(expected, _model.forward(_input));
        _model.forward(_input).pow(2).sum().backward();
        Assert.All(lora.Parameters(), parameter => Assert.NotNull(parameter.grad));
        Assert.All(_model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Merging_it_is_refused()
    {
        using var lora = Make.Trained(_model.AttachLora());
        var before = ModelState.BitsOf(_model);

        foreach (var merge in new Action[] { lora.Merge, () => lora.MergeAndUnload() })
        {
            Assert.Equal(
                "lm_head: its weight is also wte.weight, which merging would change too. Leave the layer out of the targets, or untie the weights.",
                Assert.Throws<InvalidOperationException>(merge).Message);
        }

        Assert.Equal(before, ModelState.BitsOf(_model));
        Assert.False(lora.IsMerged);
    }

    [Fact]
    public void Left_out_of_the_targets_the_rest_can_be_merged()
    {
        var before = ModelState.Of(_model);
        using var lora = Make.Trained(_model.AttachInnerLora());
        var expected = _model.forward(_input);
        lora.Merge();

        Expect.Close(expected, _model.forward(_input));
        lora.Detach();
        Assert.Equal(before, ModelState.Of(_model));
    }

    [Fact]
    public void Flags_are_restored_for_both_names()
    {
        var before = ModelState.Of(_model);
        _model.AttachLora().Dispose();
        Assert.Equal(before, ModelState.Of(_model));
        Assert.All(_model.state_dict().Values, value => Assert.True(value.requires_grad));
    }
}
