namespace LoraGen.Runtime.Tests.Targets;

/// <summary>Which layers the target lists mean.</summary>
public sealed class TargetTests
{
    private readonly Toy _model = Make.Model(() => new Toy());

    [Fact]
    public void None_means_every_layer()
    {
        using var lora = _model.AttachEverythingLora();
        string[] layers = ["attn.q_proj", "attn.k_proj", "attn.v_proj", "attn.o_proj", "mlp.up_proj", "mlp.down_proj"];
        Expect(lora, [.. layers.Select(layer => $"layers.0.{layer}"), .. layers.Select(layer => $"layers.1.{layer}")]);
    }

    [Fact]
    public void A_name_means_every_layer_of_that_name()
    {
        using var lora = _model.AttachLora();
        Expect(lora, "layers.0.attn.q_proj", "layers.0.attn.v_proj", "layers.1.attn.q_proj", "layers.1.attn.v_proj");
    }

    [Fact]
    public void A_star_stands_for_any_characters()
    {
        using var lora = _model.AttachStarLora();
        Expect(lora, "layers.0.attn.q_proj", "layers.1.attn.q_proj");
    }

    [Fact]
    public void An_end_of_a_path_means_every_layer_there()
    {
        using var lora = _model.AttachSuffixLora();
        Expect(lora, "layers.0.attn.q_proj", "layers.0.mlp.up_proj", "layers.1.attn.q_proj", "layers.1.mlp.up_proj");
    }

    [Fact]
    public void Excluded_layers_are_left_out()
    {
        using var lora = _model.AttachHalfStarLora();
        Expect(
            lora,
            "layers.0.attn.q_proj",
            "layers.0.attn.k_proj",
            "layers.0.attn.v_proj",
            "layers.1.attn.q_proj",
            "layers.1.attn.k_proj",
            "layers.1.attn.v_proj",
            "layers.1.attn.o_proj");
        Assert.Null(lora.Layers[0].Attn.OProj);
        Assert.Same(lora["layers.1.attn.o_proj"], lora.Layers[1].Attn.OProj);
    }

    [Fact]
    public void An_index_means_that_one()
    {
        using var lora = _model.AttachSecondLora();
        Expect(lora, "layers.1.attn.q_proj");
        Assert.Null(lora.Layers[0].Attn.QProj);
        Assert.Same(lora.Sites[0], lora.Layers[1].Attn.QProj);
    }

    [Fact]
    public void Typed_properties_are_the_sites_at_their_paths()
    {
        using var lora = _model.AttachAllLora();
        for (var i = 0; i < 2; i++)
        {
            var layer = lora.Layers[i];
            Assert.Same(lora[$"layers.{i}.attn.q_proj"], layer.Attn.QProj);
            Assert.Same(lora[$"layers.{i}.attn.o_proj"], layer.Attn.OProj);
            Assert.Same(lora[$"layers.{i}.mlp.down_proj"], layer.Mlp.DownProj);
            Assert.Same(_model.get_parameter($"layers.{i}.mlp.down_proj.weight"), ((TorchSharp.Modules.Linear)layer.Mlp.DownProj.Module).weight);
        }
    }

    private static void Expect(Adapter adapter, params string[] paths) => Assert.Equal(paths, adapter.Sites.Select(site => site.Path));
}
