namespace LoraGen.Runtime.Tests.Methods;

/// <summary>What is IA³'s alone.</summary>
public sealed class Ia3Tests
{
    [Theory, InlineData("Linear"), InlineData("Conv1d"), InlineData("Conv2d"), InlineData("Conv3d"), InlineData("grouped Conv1d")]
    public void A_feed_forward_layers_input_is_scaled_and_its_bias_left_alone(string kind)
    {
        using var model = Make.Model(() => new OneLayer(kind));
        var input = OneLayer.Input(kind);
        var plain = model.forward(input);
        using var ia3 = model.AttachInputIa3();
        Expect.Close(plain, model.forward(input), 1e-6);
        LoraContractTests.Shaken(ia3);
        var site = (Ia3Site)ia3.Sites[0];
        Assert.True(site.IsFeedForward);
        var active = model.forward(input).detach();
        ia3.IsActive = false;
        Expect.Close(model.forward(input * site.Layer.AlongInput(site.Scale.flatten())), active, 1e-6);

        ia3.IsActive = true;
        ia3.Merge();
        Expect.Close(active, model.forward(input), 2e-5);
    }

    [Fact]
    public void Merging_scales_the_bias_of_each_layer_with_the_weight()
    {
        using var model = Make.Model(() => new OneLayer("Linear"));
        var bias = ((TorchSharp.Modules.Linear)model.Layer).bias!;
        var before = bias.detach().clone();
        using var ia3 = LoraContractTests.Shaken(model.AttachIa3());
        ia3.Merge();
        Expect.Close(before * ((Ia3Site)ia3.Sites[0]).Scale.flatten(), bias);
        ia3.Unmerge();
        Expect.SameBits(before, bias);
    }

    [Fact]
    public void An_Embeddings_input_can_not_be_scaled()
    {
        using var model = Make.Model(() => new OneLayer("Embedding"));
        Assert.StartsWith(
            "layer: FeedForward names an Embedding, whose inputs are numbers of rows",
            Assert.Throws<ArgumentException>(() => model.AttachInputIa3()).Message,
            StringComparison.Ordinal);
    }
}
