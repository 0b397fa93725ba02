namespace LoraGen.Runtime.Tests.Structure;

/// <summary>Members that are null.</summary>
public sealed class ConditionalTests
{
    [Fact]
    public void Present_they_are_adapted()
    {
        using var model = Make.Model(() => new Conditional(full: true));
        using var lora = model.AttachLora();

        Assert.Equal(["always", "sometimes", "promised", "block.proj", "list.0"], lora.Sites.Select(site => site.Path));
        Assert.Same(lora["sometimes"], lora.Sometimes);
        Assert.Same(lora["promised"], lora.Promised);
        Assert.Same(lora["block.proj"], lora.Block!.Proj);
        Assert.Same(lora["list.0"], Assert.Single(lora.List));
    }

    [Fact]
    public void Absent_they_are_skipped()
    {
        using var model = Make.Model(() => new Conditional(full: false));
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 5, 4);

        Assert.Equal(["always"], lora.Sites.Select(site => site.Path));
        Assert.Null(lora.Sometimes);
        Assert.Null(lora.Block);
        Assert.Empty(lora.List);
        Expect.Close(Reference.Output(lora.Always, input), model.forward(input));
    }

    [Fact]
    public void A_property_of_an_absent_layer_throws()
    {
        using var model = Make.Model(() => new Conditional(full: false));
        using var lora = model.AttachLora();

        Assert.Equal(
            "This model has no layer to adapt at \"promised\": the member is null, or holds something else.",
            Assert.Throws<InvalidOperationException>(() => lora.Promised).Message);
    }
}
