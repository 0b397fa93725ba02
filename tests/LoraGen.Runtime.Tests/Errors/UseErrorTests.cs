namespace LoraGen.Runtime.Tests.Errors;

/// <summary>Adapters used wrongly.</summary>
public sealed class UseErrorTests
{
    private readonly Toy _model = Make.Model(() => new Toy());

    [Fact]
    public void No_model()
    {
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => ((Toy)null!).AttachLora()).ParamName);
    }

    [Theory, InlineData(""), InlineData("  ")]
    public void No_name(string name)
    {
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => _model.AttachLora(name)).ParamName);
    }

    [Fact]
    public void An_unknown_path_names_the_nearest()
    {
        using var lora = _model.AttachLora();
        Assert.Equal(
            "Adapter \"default\" has no site \"layers.1.attn.v_prj\". Nearest: layers.1.attn.v_proj, layers.0.attn.v_proj, layers.1.attn.q_proj.",
            Assert.Throws<KeyNotFoundException>(() => lora["layers.1.attn.v_prj"]).Message);
    }

    [Fact]
    public void Disposed_it_takes_no_part_and_says_so()
    {
        var lora = Make.Trained(_model.AttachLora());
        var input = Make.Normal(3, 2, 5, 32);
        lora.Dispose();

        Assert.False(lora.IsAttached);
        Expect.SameBits(_model.forward(input), _model.call(input));
        Assert.Contains("is detached", Assert.Throws<InvalidOperationException>(lora.Merge).Message);
        Assert.Contains("is detached", Assert.Throws<InvalidOperationException>(lora.ActivateOnly).Message);
        Assert.Contains("is not merged", Assert.Throws<InvalidOperationException>(lora.Unmerge).Message);
        Assert.Throws<InvalidOperationException>(() => lora.Layers[0].Attn.QProj!.Delta());
    }
}
