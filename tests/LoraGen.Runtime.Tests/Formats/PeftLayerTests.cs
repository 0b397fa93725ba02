using System.Text.Json.Nodes;
using LoraGen.Formats;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Which layers a config adapts. The expected values are PEFT's: <c>check_target_module_exists</c> of 0.20, and of 0.19 for nested lists.</summary>
public sealed class PeftLayerTests
{
    private const string Nested = "model.layers.1.experts.0.up";

    [Theory]
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': 1, 'layers_pattern': 'layers'}", Nested, true, true)]
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': 0, 'layers_pattern': 'layers'}", Nested, false, false)]
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': [1]}", Nested, true, false)]
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': [0]}", Nested, false, true)]
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': [1], 'layers_pattern': ''}", Nested, true, false)]
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': [0], 'layers_pattern': ['h', 'experts']}", Nested, true, true)]
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': [1], 'layers_pattern': ['layers', 'experts']}", Nested, true, true)]
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': [0], 'layers_pattern': ['layers', 'experts']}", Nested, false, false)]
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': [1], 'layers_pattern': '(?:h|layers)'}", Nested, true, true)]
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': [1], 'layers_pattern': 'l.*s'}", Nested, false, false)]
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': [1], 'layers_pattern': '[a-m]\\\\w+'}", Nested, true, false)]
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': [1], 'layers_pattern': 'l.yer'}", Nested, false, false)]
    // Nothing is before the list.
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': [2], 'layers_pattern': 'layers'}", "layers.2.up", false, false)]
    [InlineData("{'target_modules': ['layers.2.up'], 'layers_to_transform': [7]}", "layers.2.up", true, true)] // A whole path is adapted in any case.
    [InlineData("{'target_modules': ['up'], 'layers_to_transform': []}", Nested, true, true)]
    [InlineData("{'target_modules': '(?P<a>model)\\\\..*\\\\.up'}", Nested, true, true)]
    [InlineData("{'target_modules': 'layers'}", Nested, false, false)]
    [InlineData("{'target_modules': ['up'], 'exclude_modules': '.*experts\\\\.[0-3]\\\\..*'}", Nested, false, false)]
    [InlineData("{'target_modules': ['up'], 'modules_to_save': ['experts']}", Nested, false, false)] // Within a module that is trained as a whole.
    [InlineData("{'target_modules': ['up'], 'modules_to_save': ['perts']}", Nested, true, true)]
    [InlineData("{'target_modules': ['up'], 'modules_to_save': ['exp.*']}", Nested, false, false)]
    public void A_layer_is_adapted_as_in_PEFT(string config, string path, bool expected, bool expectedOlder)
    {
        Assert.Equal(expected, PeftLayers.Of(Config(config)).Contain(path));
        Assert.Equal(expectedOlder, PeftLayers.OfOlder(Config(config)).Contain(path));
    }

    [Theory, InlineData("(layers|h)", "layers"), InlineData("layers|h", "")]
    public void A_group_or_an_alternative_in_layers_pattern_is_an_error_as_in_PEFT(string pattern, string group)
    {
        var layers = PeftLayers.Of(Config($"{{'target_modules': ['up'], 'layers_to_transform': [1], 'layers_pattern': '{pattern}'}}"));
        var error = Assert.Throws<InvalidDataException>(() => layers.Contain(Nested));
        Assert.Contains(
            $"adapter_config.json: layers_pattern: [{pattern}] finds no index in {Nested}, but \"{group}\"",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("write groups as (?:…)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'target_modules': '.*_proj', 'layers_to_transform': [0]}", "layers_to_transform and layers_pattern need a list as target_modules")]
    [InlineData("{'target_modules': 'all-linear', 'layers_pattern': 'layers'}", "layers_to_transform and layers_pattern need a list as target_modules")]
    [InlineData("{'target_modules': ['q_proj'], 'layers_pattern': 'layers'}", "layers_pattern needs layers_to_transform")]
    [InlineData("{'rank_pattern': {'(?P<p>[qv])_proj(?P=p)': 4, 'v_proj': 16}}", "r is 16, but Rank is 8 at layers.0.attn.v_proj and 1 more")]
    public void What_does_not_fit_is_a_fault(string changes, string expected)
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new Toy());
        Save(model, folder, changes);
        var error = Assert.Throws<InvalidDataException>(() => model.AttachLoraFrom(folder.Path));
        Assert.Contains($"\n- {expected}", error.Message, StringComparison.Ordinal);
    }

    // In nested lists the index is that of the first list for PEFT 0.20 and that of the last one before. The tensors show which layers a file adapts.
    [Fact]
    public void A_config_for_nested_lists_is_read_by_either_rule_and_written_for_both()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new NestedLists());
        using (var lora = Make.Trained(model.AttachLora()))
            lora.Save(folder.Path);
        Assert.Equal(["model.layers.1.experts.0.up", "model.layers.1.experts.1.up"], Targets());
        Change(folder, "{'target_modules': ['up'], 'layers_to_transform': [1]}");
        using (var lora = model.AttachLoraFrom(folder.Path))
            lora.Save(folder.Path);
        Assert.Equal(["model.layers.1.experts.0.up", "model.layers.1.experts.1.up"], Targets());

        using (var inner = Make.Trained(model.AttachInnerLora("default")))
            inner.Save(folder.Path);
        Change(folder, "{'target_modules': ['up'], 'layers_to_transform': [1]}");
        using (var inner = model.AttachInnerLoraFrom(folder.Path, name: "default"))
            Assert.Equal(["model.layers.0.experts.1.up", "model.layers.1.experts.1.up"], inner.Sites.Select(site => site.Path));
        Change(folder, "{'layers_pattern': 'layers'}");
        Assert.Contains(
            "- the attribute adapts model.layers.0.experts.1.up, but target_modules [up] at layers_to_transform [1] of layers_pattern [layers] does not",
            Assert.Throws<InvalidDataException>(() => model.AttachInnerLoraFrom(folder.Path, name: "default")).Message,
            StringComparison.Ordinal);

        string[] Targets() => [.. Config(File.ReadAllText(folder["adapter_config.json"])).List("target_modules")];
    }

    [Fact]
    public void Bias_all_with_modules_to_save_is_read_with_the_biases_that_PEFT_repeats()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new BiasedHead());
        var original = model.Head.bias!.detach().clone();
        using (var lora = Make.Trained(model.AttachLora()))
            lora.Save(folder.Path);
        Write(folder, original, trained => trained);

        using (var lora = model.AttachLoraFrom(folder.Path))
        {
            Expect.Differ(original, model.Head.bias!.detach());
            lora.Save(folder["again"]);
            using var file = SafetensorsFile.Open(Path.Combine(folder["again"], "adapter_model.safetensors"));
            Assert.DoesNotContain(file.Tensors, tensor => tensor.Name.Contains("modules_to_save", StringComparison.Ordinal));
        }

        Write(folder, original + 1, trained => trained + 1);
        var error = Assert.Throws<InvalidDataException>(() => model.AttachLoraFrom(folder.Path));
        Assert.Contains("- tensor base_model.model.head.original_module.bias differs from the model's bias", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "- tensor base_model.model.head.modules_to_save.bias differs from base_model.model.head.bias, which should be the same bias",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "- tensor base_model.model.deep.modules_to_save.default.inner.bias differs from base_model.model.deep.inner.bias",
            error.Message,
            StringComparison.Ordinal);
    }

    // What PEFT 0.20 writes: the key of the wrapper's copy loses the adapter's name only if the name is its last part but one.
    private static void Write(TemporaryFolder folder, TorchSharp.torch.Tensor original, Func<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor> change)
    {
        var path = folder["adapter_model.safetensors"];
        Dictionary<string, TorchSharp.torch.Tensor> tensors;
        using (var file = SafetensorsFile.Open(path, map: false))
            tensors = file.Tensors.ToDictionary(tensor => tensor.Name, tensor => file.Read(tensor.Name));
        tensors["base_model.model.head.original_module.bias"] = original;
        tensors["base_model.model.head.modules_to_save.bias"] = change(tensors["base_model.model.head.bias"]);
        tensors["base_model.model.deep.modules_to_save.default.inner.bias"] = change(tensors["base_model.model.deep.inner.bias"]);
        SafetensorsWriter.Write(path, tensors);
    }

    private static void Save(Toy model, TemporaryFolder folder, string changes)
    {
        using (var lora = Make.Trained(model.AttachLora()))
            lora.Save(folder.Path);
        Change(folder, changes);
    }

    private static void Change(TemporaryFolder folder, string changes)
    {
        var path = folder["adapter_config.json"];
        var config = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
        foreach (var (key, value) in Parse(changes))
            config[key] = value?.DeepClone();
        File.WriteAllText(path, config.ToJsonString());
    }

    private static PeftConfig Config(string config) => PeftConfig.Of(Parse(config));

    private static JsonObject Parse(string text) => (JsonObject)JsonNode.Parse(text.Replace('\'', '"'))!;
}
