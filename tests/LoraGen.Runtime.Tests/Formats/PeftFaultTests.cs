using System.Text.Json.Nodes;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>Folders that do not fit: one error says everything, and nothing is loaded.</summary>
public sealed class PeftFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Toy _model = Make.Model(() => new Toy());

    public PeftFaultTests()
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Save(_folder.Path);
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("r", 16, "r is 16, but Rank is 8 at layers.0.attn.q_proj and 3 more")]
    [InlineData("lora_alpha", 32, "lora_alpha / r is 4, but Scaling is 2 at layers.0.attn.q_proj and 3 more")]
    [InlineData("use_rslora", true, "lora_alpha / √r is 5.656854, but Scaling is 2 at layers.0.attn.q_proj and 3 more")]
    [InlineData("lora_dropout", 0.1, "lora_dropout is 0.1, but Dropout is 0 at layers.0.attn.q_proj")]
    [InlineData("use_dora", true, "use_dora is true, but the adapter is LoRA")]
    [InlineData("bias", "all", "bias is \"all\", but Bias is None")]
    [InlineData("peft_type", "LOHA", "peft_type is \"LOHA\", but the adapter is LORA: LoraGen has no such method")]
    [InlineData("target_modules", "q_proj", "the attribute adapts layers.0.attn.q_proj and 3 more, but target_modules \"q_proj\" does not")]
    [InlineData("target_modules", ".*_proj", "target_modules \".*_proj\" adapts layers.0.attn.k_proj and 7 more, but the attribute does not")]
    [InlineData(
        "exclude_modules",
        ".*1.attn.*",
        "the attribute adapts layers.1.attn.q_proj and 1 more, but target_modules [q_proj, v_proj] without exclude_modules \".*1.attn.*\" does not")]
    [InlineData(
        "layers_to_transform",
        0,
        "the attribute adapts layers.0.attn.q_proj and 3 more, but target_modules [q_proj, v_proj] at layers_to_transform [0] does not")]
    [InlineData("init_lora_weights", "pissa", "init_lora_weights is \"pissa\": the adapter belongs to a changed base model")]
    public void A_config_that_contradicts_the_attribute(string key, object value, string expected)
    {
        Change(config => config[key] = JsonValue.Create(value));
        Assert.Contains($"\n- {expected}", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_is_listed_at_once()
    {
        Change(config =>
        {
            config["r"] = 4;
            config["bias"] = "all";
            config["rank_pattern"] = new JsonObject { ["layers.1.attn.v_proj"] = 8 };
            config["alpha_pattern"] = new JsonObject { ["layers.0.*"] = 8 };
            config["exclude_modules"] = ".*1.attn.q_proj";
            config["modules_to_save"] = new JsonArray("norm");
        });
        var fault = Fault();
        Assert.Contains("- r is 4, but Rank is 8 at layers.0.attn.q_proj and 2 more", fault, StringComparison.Ordinal);
        Assert.Contains("- lora_alpha / r is 4, but Scaling is 2 at layers.1.attn.q_proj", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("Scaling is 2 at layers.0", fault, StringComparison.Ordinal);
        Assert.Contains(
            "- the attribute adapts layers.1.attn.q_proj, but target_modules [q_proj, v_proj] without exclude_modules \".*1.attn.q_proj\" does not",
            fault,
            StringComparison.Ordinal);
        Assert.Contains("- modules_to_save [norm] trains norm, but no [Trainable] does", fault, StringComparison.Ordinal);
        Assert.Contains("- bias is \"all\"", fault, StringComparison.Ordinal);
        Assert.Contains("adapter \"default\" on Toy; nothing was loaded", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_of_another_adapter()
    {
        using (var all = Make.Trained(_model.AttachAllLora()))
            all.Save(_folder.Path);
        File.Copy(Path.Combine(_folder["all"], "adapter_model.safetensors"), _folder["adapter_model.safetensors"], overwrite: true);

        Assert.Contains("- tensor base_model.model.layers.0.attn.k_proj.lora_A.weight is unexpected", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_are_missing_or_of_another_shape()
    {
        using (var other = Make.Trained(_model.AttachOtherLora()))
            other.Save(_folder.Path);
        File.Copy(Path.Combine(_folder["other"], "adapter_model.safetensors"), _folder["adapter_model.safetensors"], overwrite: true);

        var fault = Fault();
        Assert.Contains("- tensor base_model.model.layers.0.attn.q_proj.lora_A.weight [8, 32] is missing", fault, StringComparison.Ordinal);
        Assert.Contains("- tensor base_model.model.layers.0.attn.v_proj.lora_A.weight is [4, 32], expected [8, 32]", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]", "expected a JSON object")]
    [InlineData("{", "not JSON")]
    [InlineData("{\"peft_type\": \"LORA\", \"r\": \"eight\"}", "r is \"eight\", expected a number")]
    [InlineData("{\"peft_type\": \"LORA\", \"target_modules\": 3}", "target_modules is 3, expected a list of names or a regular expression")]
    [InlineData("{\"peft_type\": \"LORA\", \"target_modules\": \"(\"}", "target_modules: \"(\" is not a regular expression")]
    [InlineData("{\"peft_type\": \"LORA\", \"rank_pattern\": {\"q\": null}}", "rank_pattern[\"q\"] is null, expected a number")]
    public void A_broken_config(string text, string expected)
    {
        File.WriteAllText(_folder["adapter_config.json"], text);
        Assert.Contains(expected, Fault(), StringComparison.Ordinal);
    }

    // That its tensors have other names goes without saying.
    [Fact]
    public void Of_another_method_that_alone_is_said()
    {
        using (var all = Make.Trained(_model.AttachAllLora()))
            all.Save(_folder.Path);
        File.Copy(Path.Combine(_folder["all"], "adapter_model.safetensors"), _folder["adapter_model.safetensors"], overwrite: true);
        Change(config => config["peft_type"] = "LOHA");
        Assert.EndsWith("nothing was loaded:\n- peft_type is \"LOHA\", but the adapter is LORA: LoraGen has no such method", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_an_adapter()
    {
        Directory.CreateDirectory(_folder["nothing"]);
        var fault = Assert.Throws<FileNotFoundException>(() => _model.AttachLoraFrom(_folder["nothing"]));
        Assert.Contains("holds no adapter_config.json", fault.Message, StringComparison.Ordinal);
        Assert.All(_model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_loaded_adapter_that_does_not_fit_keeps_its_own_numbers()
    {
        using var lora = Make.Trained(_model.AttachLora(), seed: 20);
        var before = lora.Parameters().Select(Expect.Bytes).ToArray();
        Change(config => config["r"] = 16);

        Assert.Throws<InvalidDataException>(() => lora.Load(_folder.Path));
        Assert.Equal(before, lora.Parameters().Select(Expect.Bytes));
    }

    [Fact]
    public void Merged_and_detached_adapters_load_nothing()
    {
        var lora = _model.AttachLora();
        lora.Merge();
        Assert.Contains("Unmerge() first", Assert.Throws<InvalidOperationException>(() => lora.Load(_folder.Path)).Message, StringComparison.Ordinal);
        lora.Detach();
        Assert.Throws<InvalidOperationException>(() => lora.Load(_folder.Path));
        Assert.Throws<InvalidOperationException>(() => lora.Save(_folder.Path));
    }

    private string Fault()
    {
        var before = ModelState.Of(_model);
        var fault = Assert.Throws<InvalidDataException>(() => _model.AttachLoraFrom(_folder.Path));
        Assert.Equal(before, ModelState.Of(_model));
        return fault.Message;
    }

    private void Change(Action<JsonObject> change)
    {
        var config = (JsonObject)JsonNode.Parse(File.ReadAllText(_folder["adapter_config.json"]))!;
        change(config);
        File.WriteAllText(_folder["adapter_config.json"], config.ToJsonString());
    }
}
