using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Interop;

/// <summary>
/// [Trainable] members for which no name in modules_to_save gives a folder that PEFT can load: attaching refuses them, before anything is trained.
/// </summary>
public sealed class RefusedTests
{
    [Fact]
    public void A_name_that_is_the_end_of_an_adapted_layer()
    {
        const string Expected = "head has [Trainable], but PEFT could not load what Save writes: modules_to_save selects every path that ends with \"head\", "
            + "also lm_head, which is adapted. Rename one of them, or exclude lm_head.";
        Refuses(() => new HeldBesideAdapted(), model => model.AttachLora(), Expected);
        Refuses(() => new HeldBesideAdapted(), model => model.AttachScaledIa3(), Expected);
    }

    [Fact]
    public void A_name_that_is_the_end_of_a_block_with_an_adapted_layer()
    {
        Refuses(() => new HeldBesideBlock(), model => model.AttachLora(), "also self_attn, and self_attn.fc1 is adapted. Rename one of them");
    }

    [Fact]
    public void A_name_that_is_the_end_of_a_list()
    {
        const string Expected = "\"blocks\", also decoder_blocks, a ModuleList, which it refuses. Rename one of them.";
        Refuses(() => new HeldBesideList(), model => model.AttachLora(), Expected);
    }

    [Fact]
    public void A_name_that_is_the_end_of_a_module_of_PEFT()
    {
        Refuses(() => new HeldLayer(), model => model.AttachLora(), "\"layer\", also fc.base_layer, a module of PEFT itself. Rename the member.");
    }

    [Fact]
    public void A_list_of_parameters()
    {
        Refuses(
            () => new HeldParameters(),
            model => model.AttachLora(),
            "modules_to_save can't name a ParameterList. Put [Trainable] on the module that contains it.");
    }

    [Fact]
    public void A_method_that_PEFT_does_not_have_is_not_refused()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new HeldBesideAdapted());
        using (var rows = model.AttachScaledRows())
            rows.Save(folder.Path);
        using var again = model.AttachScaledRows();
        again.Load(folder.Path);
    }

    private static void Refuses<T>(Func<T> create, Func<T, Adapter> attach, string expected)
        where T : nn.Module
    {
        using var model = Make.Model(create);
        var before = ModelState.Of(model);
        var refused = Assert.Throws<InvalidOperationException>(() => attach(model));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(model));
    }
}
