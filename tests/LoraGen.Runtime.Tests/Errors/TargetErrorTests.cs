namespace LoraGen.Runtime.Tests.Errors;

/// <summary>Targets that match nothing: attaching refuses them, so that nothing else is trained silently.</summary>
public sealed class TargetErrorTests
{
    private readonly Toy _model = Make.Model(() => new Toy());

    [Fact]
    public void An_unknown_target_names_the_nearest_layers()
    {
        Refuses(
            _model,
            () => _model.AttachTypoLora(),
            "Adapter \"typo\" on Toy: Target \"q_prj\" matches no layer of the model. "
                + "Nearest: layers.0.attn.q_proj, layers.1.attn.q_proj, layers.0.attn.k_proj.");
    }

    [Fact]
    public void A_target_that_names_a_container_says_how_to_mean_all_in_it()
    {
        Refuses(
            _model,
            () => _model.AttachContainerLora(),
            "Adapter \"container\" on Toy: Target \"attn\" matches no layer of the model. "
                + "It names a module that holds layers; write \"attn.*\" for all of them.");
    }

    [Fact]
    public void An_unknown_exclusion_is_an_error_too()
    {
        var message = Refuses(_model, () => _model.AttachExcludeTypoLora(), null);
        Assert.StartsWith("Adapter \"exclude typo\" on Toy: Exclude \"head\" matches no layer of the model. Nearest: ", message);
    }

    [Fact]
    public void Nothing_left_to_adapt()
    {
        Refuses(
            _model,
            () => _model.AttachEmptyLora(),
            "Adapter \"empty\" on Toy: none of the model's 12 layers is adapted. Check Targets, Exclude and [LoraIgnore].");
    }

    [Fact]
    public void A_model_without_layers()
    {
        using var model = Make.Model(() => new Layerless());
        Refuses(
            model,
            () => model.AttachLora(),
            "Adapter \"default\" on Layerless: there is no layer to adapt. Are the model's modules registered (RegisterComponents)?");
        Refuses(
            model,
            () => model.AttachTargetedLora(),
            "Adapter \"targeted\" on Layerless: Target \"proj\" matches no layer of the model. "
                + "The model has no layer that can be adapted: are its modules registered (RegisterComponents)?");
    }

    private static string Refuses(TorchSharp.torch.nn.Module model, Func<Adapter> attach, string? expected)
    {
        var before = ModelState.Of(model);
        var message = Assert.Throws<InvalidOperationException>(attach).Message;
        Assert.Equal(expected ?? message, message);
        Assert.Equal(before, ModelState.Of(model));

        // The name is still free: a second try fails for the same reason.
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(attach).Message);
        return message;
    }
}
