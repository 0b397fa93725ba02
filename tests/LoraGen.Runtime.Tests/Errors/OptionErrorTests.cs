namespace LoraGen.Runtime.Tests.Errors;

/// <summary>Options out of their range: attaching refuses them with a message that names the layer, and doesn't change the model.</summary>
public sealed class OptionErrorTests
{
    private readonly Misconfigured _model = Make.Model(() => new Misconfigured());

    [Fact]
    public void Rank() => Refuses(() => _model.AttachNoRankLora(), "proj: Rank is 0: A would have 0 rows; use 1 or more, usually 8.");

    [Fact]
    public void Alpha()
    {
        const string rest = ", but what it scales needs a positive number; use the rank or twice the rank, here 16.";
        Refuses(() => _model.AttachNoAlphaLora(), $"proj: Alpha is 0{rest}");
        Refuses(() => _model.AttachNegativeAlphaLora(), $"proj: Alpha is -1{rest}");
        Refuses(() => _model.AttachInfiniteAlphaLora(), $"proj: Alpha is Infinity{rest}");
    }

    [Fact]
    public void Dropout()
    {
        Refuses(() => _model.AttachAllDroppedLora(), "proj: Dropout is 1, but it is a probability from 0 to below 1; write 0.01 or leave it out.");
        Refuses(() => _model.AttachNegativeDropoutLora(), "proj: Dropout is -0.1, but it is a probability from 0 to below 1; write 0.05 or leave it out.");
        Refuses(() => _model.AttachNaNDropoutLora(), "proj: Dropout is NaN, but it is a probability from 0 to below 1; write 0.05 or leave it out.");
    }

    [Fact]
    public void Both_zero()
    {
        Refuses(
            () => _model.AttachDeadLora(),
            "proj: InitA and InitB are both Zeros, so neither A nor B ever gets a gradient and nothing trains; leave InitA out.");
    }

    [Fact]
    public void Budget()
    {
        var before = ModelState.Of(_model);
        var error = Assert.Throws<InvalidOperationException>(() => _model.AttachOverBudgetLora());

        Assert.Equal(
            "Adapter \"over budget\" on Misconfigured has 16 trainable parameters, but MaxTrainableParameters is 15. "
            + "Lower Rank, target fewer layers, or raise it.",
            error.Message);
        Assert.Equal(before, ModelState.Of(_model));
        using var lora = _model.AttachWithinBudgetLora();
        Assert.Equal(16, lora.ParameterCount.Trainable);
    }

    [Fact]
    public void A_type_that_has_no_gradients()
    {
        var before = ModelState.Of(_model);
        var error = Assert.Throws<ArgumentException>(() => _model.AttachWithinBudgetLora(dtype: TorchSharp.torch.ScalarType.Int64));

        Assert.StartsWith("dtype is Int64, which has no gradients: use Float32, BFloat16, Float16 or Float64.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(_model));
    }

    [Fact]
    public void NaN_alpha_is_the_attributes_way_to_say_the_rank()
    {
        using var lora = _model.AttachNaNAlphaLora();
        Assert.Equal((3.0, 1.0), (lora.Proj.Alpha, lora.Proj.Scaling));
    }

    private void Refuses(Func<IDisposable> attach, string message)
    {
        var before = ModelState.Of(_model);
        var error = Assert.ThrowsAny<ArgumentException>(attach);

        Assert.Equal(message, error.Message);
        Assert.Equal(before, ModelState.Of(_model));
        var input = Make.Normal(3, 4);
        Expect.SameBits(_model.forward(input), _model.call(input));
    }
}
