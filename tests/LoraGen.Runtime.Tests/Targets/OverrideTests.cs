namespace LoraGen.Runtime.Tests.Targets;

/// <summary>Attributes on members: options for a layer or all within a module, and what is left out.</summary>
public sealed class OverrideTests
{
    private readonly Overridden _model = Make.Model(() => new Overridden());

    [Fact]
    public void A_layers_own_options_come_first()
    {
        using var lora = _model.AttachLora();

        Assert.Equal((2, 8.0, 4.0, 0.0), Options(lora, "q_proj"));
        Assert.Equal((4, 8.0, 2.0, 0.0), Options(lora, "v_proj"));
        Assert.Equal(2, lora.QProj.A.shape[0]);
    }

    [Fact]
    public void An_annotated_layer_needs_no_target()
    {
        using var lora = _model.AttachLora();

        Assert.Equal((4, 1.0, 0.25, 0.5), Options(lora, "beside"));
        Assert.Throws<KeyNotFoundException>(() => lora["untouched"]);
    }

    [Fact]
    public void Options_of_a_module_are_for_all_layers_in_it()
    {
        using var lora = _model.AttachLora();

        Assert.Equal((1, 8.0, 8.0, 0.0), Options(lora, "inner.q_proj"));
        Assert.Equal((1, 8.0, 8.0, 0.0), Options(lora, "inner.v_proj"));
        Assert.Equal((4, 8.0, 2.0, 0.0), Options(lora, "plainInner.v_proj"));
        Assert.Equal((3, 8.0, 8.0 / 3, 0.0), Options(lora, "sequence.q_proj"));
        Assert.Throws<KeyNotFoundException>(() => lora["sequence.other"]);
    }

    [Fact]
    public void A_layers_options_join_those_of_its_module()
    {
        using var lora = _model.AttachLora();

        Assert.True(lora.Inner.QProj.B.abs().max().item<float>() > 0);
        Assert.True(lora.PlainInner.QProj.B.abs().max().item<float>() > 0);
        Assert.Equal(0, lora.Inner.VProj.B.abs().max().item<float>());
    }

    [Fact]
    public void A_name_speaks_to_that_adapter_alone()
    {
        using var lora = _model.AttachLora();
        using var wide = _model.AttachWideLora();

        Assert.Throws<KeyNotFoundException>(() => lora["named"]);
        Assert.Equal((7, 7.0, 7 / Math.Sqrt(7), 0.0), Options(wide, "named"));
        Assert.Equal(2, ((LoraSite)wide["q_proj"]).Rank);
    }

    [Fact]
    public void Ignored_layers_are_left_out_and_frozen()
    {
        using var lora = _model.AttachLora();

        string[] ignored = ["ignoredInner", "ignoredSequence", "OldHead"];
        Assert.DoesNotContain(lora.Sites, site => ignored.Contains(site.Path.Split('.')[0]));
        Assert.All(_model.parameters(), parameter => Assert.False(parameter.requires_grad));
        Assert.Equal(_model.parameters().Sum(parameter => parameter.numel()) + lora.ParameterCount.Trainable, lora.ParameterCount.Total);
    }

    private static (int Rank, double Alpha, double Scaling, double Dropout) Options(Adapter adapter, string path)
    {
        var site = (LoraSite)adapter[path];
        return (site.Rank, site.Alpha, site.Scaling, site.Dropout);
    }
}
