using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Structure;

/// <summary>User-defined layers that store their weight in another shape, or whose calls take more than a tensor.</summary>
public sealed class StoredTests
{
    [Fact]
    public void A_view_of_a_parameter_is_counted_once_and_merged()
    {
        using var model = Make.Model(() => new WithByInput());
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 2, 3);
        var expected = model.call(input);

        Assert.Equal((3 * 5) + (5 * 2) + 2 + lora.ParameterCount.Trainable, lora.ParameterCount.Total);
        lora.Merge();
        Expect.Close(expected, model.call(input));
        Assert.All(model.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void A_weight_of_another_shape_is_refused_with_the_expected_one()
    {
        using var model = Make.Model(() => new WithByInput(new Sideways()));

        var error = Assert.Throws<InvalidOperationException>(() => model.AttachLora());

        Assert.StartsWith(
            "up: the weight of the ByInput has the shape [3, 5], but a layer with 3 inputs and 5 outputs has a weight of the shape [5, 3]",
            error.Message,
            StringComparison.Ordinal);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_layer_with_two_inputs_is_not_left_out_silently()
    {
        using var model = Make.Model(() => new WithMasked());

        var error = Assert.Throws<InvalidOperationException>(() => model.AttachLora());

        Assert.StartsWith("query: Masked implements ILinearLayer, but it is no Module<Tensor, Tensor>", error.Message, StringComparison.Ordinal);
        using var lora = model.AttachOutLora();
        Assert.Equal(["out"], lora.Sites.Select(site => site.Path));
    }

    [Fact]
    public void A_method_that_starts_from_the_weight_names_values_that_are_not_finite()
    {
        using var model = Make.Model(() => new WithByInput());
        using (no_grad())
            model.parameters().First()[0, 0] = tensor(float.NaN, device: TestDevice.Device);

        var error = Assert.Throws<InvalidOperationException>(() => model.AttachDora());

        Assert.Equal(
            "up: the base model's weight has values that are not finite, and DoRA starts from it. Check the model's checkpoint.",
            error.Message);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }
}
