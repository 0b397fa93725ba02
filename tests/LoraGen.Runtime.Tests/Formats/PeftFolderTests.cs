using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>What is written, and what comes back of it.</summary>
public sealed class PeftFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_saved_comes_back_bit_for_bit_and_trains_further()
    {
        using var model = Make.Model(() => new Toy());
        var input = Make.Normal(3, 2, 5, Toy.Width);
        Tensor expected;
        using (var lora = Make.Trained(model.AttachLora()))
        {
            expected = model.forward(input).detach();
            lora.Save(_folder.Path);
        }

        using var again = model.AttachLoraFrom(_folder.Path);
        Expect.SameBits(expected, model.forward(input));
        model.forward(input).sum().backward();
        Assert.All(again.Parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    // Both files are written before the first takes its place.
    [Fact]
    public void A_config_that_cant_be_written_leaves_the_old_tensors()
    {
        using var model = Make.Model(() => new Toy());
        using var lora = Make.Trained(model.AttachLora());
        lora.Save(_folder.Path);
        var tensors = File.ReadAllBytes(_folder["adapter_model.safetensors"]);
        File.Delete(_folder["adapter_config.json"]);
        Directory.CreateDirectory(_folder["adapter_config.json"]);

        Make.Trained(lora, seed: 50);
        Assert.ThrowsAny<Exception>(() => lora.Save(_folder.Path));
        Assert.Equal(tensors, File.ReadAllBytes(_folder["adapter_model.safetensors"]));
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors"], _folder.Names.Order());
    }

    [Fact]
    public void Load_keeps_the_parameters_that_an_optimizer_holds()
    {
        using var model = Make.Model(() => new Toy());
        using var lora = Make.Trained(model.AttachLora());
        lora.Save(_folder.Path);
        var saved = lora.Parameters().Select(Expect.Bytes).ToArray();
        var held = lora.Parameters();
        Make.Trained(lora, seed: 50);

        lora.Load(_folder.Path);
        Assert.Equal(held, lora.Parameters());
        Assert.Equal(saved, lora.Parameters().Select(Expect.Bytes));
    }

    [Fact]
    public void Options_of_single_layers_are_written_as_patterns_and_read_again()
    {
        using var model = Make.Model(() => new Overridden());
        using var lora = Make.Trained(model.AttachLora());
        lora.Save(_folder.Path);

        var config = Config();
        var ranks = (JsonObject)config["rank_pattern"]!;
        foreach (var site in lora.Sites.Cast<LoraSite>())
            Assert.Equal(site.Rank, (int)(ranks[$"^{site.Path}"] ?? ranks[site.Path] ?? config["r"])!);
        lora.Load(_folder.Path);
    }

    [Fact]
    public void Targets_are_last_names_where_these_meet_the_sites_alone()
    {
        using var model = Make.Model(() => new Toy());
        using (var lora = model.AttachLora())
            lora.Save(_folder.Path);
        Assert.Equal(["q_proj", "v_proj"], Targets(Config()));

        using (var lora = model.AttachSecondLora("default"))
            lora.Save(_folder.Path);
        Assert.Equal(["layers.1.attn.q_proj"], Targets(Config()));
    }

    [Theory]
    [InlineData("{'target_modules': '.*\\\\.(q|v)_proj'}")]
    [InlineData("{'target_modules': '(?P<path>layers\\\\.\\\\d+)\\\\.attn\\\\.[qv]_proj'}")]
    [InlineData("{'target_modules': ['q_proj', 'k_proj', 'v_proj'], 'exclude_modules': ['k_proj']}")]
    [InlineData("{'target_modules': '.*_proj', 'exclude_modules': '.*(k_proj|o_proj|mlp.*)'}")]
    [InlineData("{'target_modules': 'all-linear'}")]
    [InlineData("{'target_modules': null}")]
    [InlineData("{'fan_in_fan_out': true}")]
    [InlineData("{'r': 4, 'lora_alpha': 1, 'rank_pattern': {'q_proj': 8, '.*v_proj': 8}, 'alpha_pattern': {'layers.0.attn.[qv]_proj': 16, 'attn.*': 16}}")]
    [InlineData("{'r': 16, 'lora_alpha': 32, 'rank_pattern': {'[qv]_proj': 8, 'q_proj': 3}, 'alpha_pattern': {'^layers.*': 16}}")]
    [InlineData("{'modules_to_save': ['classifier', 'score']}")]
    [InlineData(
        "{'layers_to_transform': [0, 1], 'target_modules': "
        + "['layers.0.attn.q_proj', 'layers.0.attn.v_proj', 'layers.1.attn.q_proj', 'layers.1.attn.v_proj']}")]
    public void Equivalent_configs_of_PEFT_are_read_and_written_in_the_plain_form(string changes)
    {
        using var model = Make.Model(() => new Toy());
        using (var lora = Make.Trained(model.AttachLora()))
            lora.Save(_folder.Path);
        var plain = Config();
        var config = Config();
        foreach (var (key, value) in (JsonObject)JsonNode.Parse(changes.Replace('\'', '"'))!)
            config[key] = value?.DeepClone();
        File.WriteAllText(_folder["adapter_config.json"], config.ToJsonString());

        using (var lora = model.AttachLoraFrom(_folder.Path))
            lora.Save(_folder.Path);
        plain["fan_in_fan_out"] = (bool)config["fan_in_fan_out"]!;
        Assert.Equal(plain.ToJsonString(), Config().ToJsonString());
    }

    [Fact]
    public void The_config_is_sorted_as_PEFT_sorts_it_and_the_same_each_time()
    {
        using var model = Make.Model(() => new Toy());
        using var lora = model.AttachLora();
        lora.Save(_folder.Path);
        var first = File.ReadAllBytes(_folder["adapter_config.json"]);
        var tensors = File.ReadAllBytes(_folder["adapter_model.safetensors"]);
        Assert.Equal(Config().Select(entry => entry.Key).Order(StringComparer.Ordinal), Config().Select(entry => entry.Key));

        lora.Save(_folder.Path);
        Assert.Equal(first, File.ReadAllBytes(_folder["adapter_config.json"]));
        Assert.Equal(tensors, File.ReadAllBytes(_folder["adapter_model.safetensors"]));
        Assert.Equal(
            ["adapter_config.json", "adapter_model.safetensors"],
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_half_precision_adapter_keeps_its_type_and_is_read_into_any()
    {
        using var model = Make.Model(() => new Toy());
        using (var lora = Make.Trained(model.AttachLora(dtype: ScalarType.BFloat16)))
            lora.Save(_folder.Path);
        using (var half = model.AttachLoraFrom(_folder.Path, dtype: ScalarType.BFloat16))
            half.Save(_folder["again"]);
        Assert.Equal(File.ReadAllBytes(_folder["adapter_model.safetensors"]), File.ReadAllBytes(Path.Combine(_folder["again"], "adapter_model.safetensors")));

        using var wide = model.AttachLoraFrom(_folder.Path);
        Assert.All(wide.Parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
    }

    private JsonObject Config() => (JsonObject)JsonNode.Parse(File.ReadAllText(_folder["adapter_config.json"]))!;

    private static IEnumerable<string> Targets(JsonObject config) => ((JsonArray)config["target_modules"]!).Select(name => (string)name!);
}
