using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Merging;

/// <summary>Several adapters in one weight.</summary>
public sealed class SeveralMergedTests
{
    private readonly Perceptron _model = Make.Model(() => new Perceptron());
    private readonly Tensor _input = Make.Normal(3, 5, 6);

    [Theory, InlineData(0, 1), InlineData(1, 0)]
    public void Unmerged_in_any_order_they_leave_the_original_bits(int first, int second)
    {
        var before = ModelState.BitsOf(_model);
        Adapter[] adapters = [Make.Trained(_model.AttachLora()), Make.Trained(_model.AttachUpLora(), seed: 50)];
        var expected = _model.forward(_input);
        adapters[0].Merge();
        Expect.Close(expected, _model.forward(_input));
        adapters[1].Merge();
        Expect.Close(expected, _model.forward(_input));

        adapters[first].Unmerge();
        Expect.Close(expected, _model.forward(_input));
        Assert.NotEqual(before, ModelState.BitsOf(_model));
        adapters[second].Unmerge();
        Expect.Close(expected, _model.forward(_input));
        Assert.Equal(before, ModelState.BitsOf(_model));
    }

    [Theory, InlineData(0, 1), InlineData(1, 0)]
    public void Detached_merged_in_any_order_they_leave_the_original_bits(int first, int second)
    {
        var before = ModelState.Of(_model);
        Adapter[] adapters = [Make.Trained(_model.AttachLora()), Make.Trained(_model.AttachUpLora(), seed: 50)];
        adapters[0].Merge();
        adapters[1].Merge();

        adapters[first].Detach();
        adapters[second].Dispose();
        Assert.Equal(before, ModelState.Of(_model));
    }

    [Fact]
    public void Both_are_summed_before_the_one_rounding()
    {
        using var first = Make.Trained(_model.AttachLora());
        using var second = Make.Trained(_model.AttachUpLora(), seed: 50);
        _model.to(ScalarType.BFloat16);
        var expected = (_model.Up.weight.to(ScalarType.Float32) + first.Up.Delta() + second.Up.Delta()).to(ScalarType.BFloat16).detach();
        first.Merge();
        second.Merge();

        Expect.SameBits(expected, _model.Up.weight);
    }
}
