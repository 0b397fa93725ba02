using System.Text.Json.Nodes;
using LoraGen.Runtime.Tests.Formats;

namespace LoraGen.Runtime.Tests.Targets;

/// <summary>Layers: adapters on some indices of the model's lists.</summary>
public sealed class LayersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Qwen2 _model = Make.Model(() => new Qwen2());
    private readonly Listed _listed = Make.Model(() => new Listed());

    public void Dispose()
    {
        _model.Dispose();
        _listed.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Indices_and_ranges_are_those_of_CSharp()
    {
        ExpectSites(_model.AttachLora(), "model.layers.1.self_attn.q_proj", "model.layers.1.self_attn.v_proj");
        ExpectSites(_model.AttachLastLora(), "model.layers.1.self_attn.q_proj", "model.layers.1.self_attn.v_proj");
        ExpectSites(_model.AttachFirstLora(), "model.layers.0.self_attn.q_proj", "model.layers.0.self_attn.v_proj");
    }

    [Fact]
    public void Outside_of_the_lists_nothing_is_adapted_that_no_attribute_asks_for()
    {
        using (var all = _model.AttachEverythingLora())
        {
            Assert.Equal(14, all.Sites.Count);
            Assert.All(all.Sites, site => Assert.StartsWith("model.layers.", site.Path, StringComparison.Ordinal));
        }

        ExpectSites(_model.AttachAskedLora(), "model.layers.0.self_attn.q_proj", "model.layers.0.self_attn.v_proj", "lm_head");
    }

    [Fact]
    public void The_outermost_list_decides_and_a_Sequential_is_none()
    {
        ExpectSites(_listed.AttachLora(), "encoder.1.experts.0", "encoder.1.experts.1", "flat.1", "flat.2", "flat.3");
        ExpectSites(_listed.AttachLastLora(), "encoder.1.experts.0", "encoder.1.experts.1", "flat.3");
        ExpectSites(
            _listed.AttachFourLora(),
            "encoder.0.experts.0", "encoder.0.experts.1", "encoder.1.experts.0", "encoder.1.experts.1", "flat.0", "flat.1", "flat.2", "flat.3");
    }

    [Fact]
    public void The_tree_has_no_site_where_the_index_is_not_meant()
    {
        using var lora = _model.AttachLora();
        Assert.Null(lora.Model.Layers[0].SelfAttn.QProj);
        Assert.Equal("model.layers.1.self_attn.q_proj", lora.Model.Layers[1].SelfAttn.QProj!.Path);
    }

    [Fact]
    public void Indices_beyond_every_list_are_refused_with_all_of_them()
    {
        Refuses(
            () => _model.AttachBeyondLora(),
            "Adapter \"beyond\" on Qwen2: Layers is \"0..3, 1, 2, ^3\", but no list has 0..3, 2, ^3: model.layers has 2 modules. "
            + "Indices start at 0, and a range excludes its end.");
    }

    [Fact]
    public void A_target_outside_of_the_indices_is_refused()
    {
        Refuses(
            () => _model.AttachOutsideLora(),
            "Adapter \"outside\" on Qwen2: Target \"lm_head\" matches lm_head, which is not at the indices of Layers \"0\".");
    }

    [Fact]
    public void What_is_no_index_and_what_has_no_list_is_refused()
    {
        Assert.Equal(
            "Layers = \"0-1\": \"0-1\" is neither an index nor a range in C#: write 5, ^1, 0..12 (0 to 11), 12.. or ^4..",
            Assert.Throws<ArgumentException>(() => _model.AttachMalformedLora()).Message);
        using var unlisted = Make.Model(() => new Unlisted());
        Assert.Contains(
            "but no ModuleList of the model holds layers",
            Assert.Throws<InvalidOperationException>(() => unlisted.AttachLora()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void PEFTs_layers_to_transform_is_read_and_written()
    {
        var theirs = Path.Combine(AppContext.BaseDirectory, "Goldens", "qwen2_lora_layers");
        using var lora = _model.AttachLoraFrom(Path.Combine(theirs, "adapter"));
        var facts = JsonNode.Parse(File.ReadAllText(Path.Combine(theirs, "expected.json")))!;
        Assert.Equal(new ParameterCount((long)facts["trainable"]!, (long)facts["total"]!), lora.ParameterCount);

        lora.Save(_folder.Path);
        var expected = PeftGoldenTests.Config(Path.Combine(theirs, "adapter"));
        var ours = PeftGoldenTests.Config(_folder.Path);
        foreach (var (key, value) in expected)
            Assert.Equal(PeftGoldenTests.Meaning(key, value), PeftGoldenTests.Meaning(key, ours[key]));
        using var tensors = SafetensorsFile.Open(Path.Combine(theirs, "adapter", "adapter_model.safetensors"));
        using var written = SafetensorsFile.Open(_folder["adapter_model.safetensors"]);
        Assert.Equal(tensors.Tensors.Select(tensor => tensor.Name), written.Tensors.Select(tensor => tensor.Name));
        foreach (var tensor in tensors.Tensors)
            Expect.SameBits(tensors.Read(tensor.Name), written.Read(tensor.Name));
    }

    [Fact]
    public void Other_indices_than_the_configs_are_refused()
    {
        var theirs = Path.Combine(AppContext.BaseDirectory, "Goldens", "qwen2_lora_layers", "adapter");
        var fault = Assert.Throws<InvalidDataException>(() => _model.AttachFirstLoraFrom(theirs, "default")).Message;
        const string text = "target_modules [v_proj, q_proj] at layers_to_transform [1] of layers_pattern [layers]";
        Assert.Contains(
            $"nothing was loaded:\n- {text} adapts model.layers.1.self_attn.q_proj and 1 more, but the attribute does not\n"
            + $"- the attribute adapts model.layers.0.self_attn.q_proj and 1 more, but {text} does not\n",
            fault,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_PEFT_has_no_index_of_a_list_whole_paths_are_written()
    {
        // PEFT looks for the index behind a name that has something before it; these lists are members of the model itself.
        using var lora = _listed.AttachLora();
        lora.Save(_folder.Path);
        var config = PeftGoldenTests.Config(_folder.Path);
        Assert.Null(config["layers_to_transform"]);
        Assert.Null(config["layers_pattern"]);
        Assert.Equal(lora.Sites.Select(site => site.Path).Order(StringComparer.Ordinal), ((JsonArray)config["target_modules"]!).Select(path => (string)path!));
        lora.Load(_folder.Path);
    }

    private static void ExpectSites(Adapter adapter, params string[] paths)
    {
        using (adapter)
            Assert.Equal(paths, adapter.Sites.Select(site => site.Path));
    }

    private void Refuses(Func<Adapter> attach, string expected)
    {
        var before = ModelState.Of(_model);
        Assert.Equal(expected, Assert.Throws<InvalidOperationException>(attach).Message);
        Assert.Equal(before, ModelState.Of(_model));
    }
}
