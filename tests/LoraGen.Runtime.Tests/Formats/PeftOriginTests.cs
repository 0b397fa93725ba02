using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>The base model of a saved adapter: its name, and what identifies it when the adapter is loaded.</summary>
public sealed class PeftOriginTests : IDisposable
{
    private const string Tensors = "adapter_model.safetensors";

    private readonly TemporaryFolder _folder = new();
    private readonly Toy _model = Make.Model(() => new Toy());

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_names_of_the_base_model_and_the_task_are_written_kept_and_reported()
    {
        using (var lora = Make.Trained(_model.AttachLora()))
            lora.Save(_folder.Path, baseModel: "Qwen/Qwen2-0.5B", taskType: "CAUSAL_LM");
        Assert.Equal("Qwen/Qwen2-0.5B", (string?)Config()["base_model_name_or_path"]);
        Assert.Equal("CAUSAL_LM", (string?)Config()["task_type"]);

        using var again = _model.AttachLoraFrom(_folder.Path);
        Assert.Equal("Qwen/Qwen2-0.5B", again.LoadReport!.BaseModel);
        Assert.Equal("CAUSAL_LM", again.LoadReport.TaskType);
        Assert.Empty(again.LoadReport.Warnings);
        again.Save(_folder.Path);
        Assert.Equal("Qwen/Qwen2-0.5B", (string?)Config()["base_model_name_or_path"]);
        again.Save(_folder.Path, baseModel: "other");
        Assert.Equal("other", (string?)Config()["base_model_name_or_path"]);
        Assert.Equal("CAUSAL_LM", (string?)Config()["task_type"]);
    }

    [Fact]
    public void A_task_that_PEFT_does_not_know_is_refused_before_anything_is_written()
    {
        using var lora = _model.AttachLora();
        var error = Assert.Throws<ArgumentException>(() => lora.Save(_folder.Path, taskType: "causal_lm"));
        Assert.Equal("taskType", error.ParamName);
        Assert.Contains("PEFT has no task \"causal_lm\". Its tasks are SEQ_CLS", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Another_base_model_is_a_warning()
    {
        Save();
        using var other = Make.Model(() => new Toy(), seed: 2);
        using (var lora = other.AttachLoraFrom(_folder.Path))
        {
            var warning = Assert.Single(lora.LoadReport!.Warnings);
            Assert.StartsWith(
                "The base model has other weights than the one \"toy\", with which the adapter was saved: 8 of 8 compared differ, such as layers.0.",
                warning,
                StringComparison.Ordinal);
            Assert.Equal([warning], lora.Load(_folder.Path).Warnings);
        }

        using var served = other.AttachLoraForInference(_folder.Path);
        Assert.Single(served.LoadReport!.Warnings);
    }

    [Theory, InlineData(ScalarType.Float64), InlineData(ScalarType.Float16), InlineData(ScalarType.BFloat16)]
    public void The_same_base_model_in_another_type_is_the_same(ScalarType dtype)
    {
        Save();
        using var same = Make.Model(() => new Toy(), dtype: dtype);
        using (var lora = same.AttachLoraFrom(_folder.Path))
            Assert.Empty(lora.LoadReport!.Warnings);

        using (var lora = same.AttachLora())
            lora.Save(_folder.Path);
        using var back = _model.AttachLoraFrom(_folder.Path);
        Assert.Empty(back.LoadReport!.Warnings);
    }

    // What adapters have merged into the base weights, or set in the model's modules, is not the base model's.
    [Fact]
    public void It_is_computed_from_the_base_models_own_values()
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Save(_folder["before"]);
        using var all = Make.Trained(_model.AttachAllLora());
        using var saved = Make.Trained(_model.AttachSavedLora());
        lora.Merge();
        all.Merge();
        lora.Save(_folder["merged"]);
        all.Unmerge();
        lora.Unmerge();
        Assert.Equal(Fingerprint("before"), Fingerprint("merged"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["before"], Tensors)), File.ReadAllBytes(Path.Combine(_folder["merged"], Tensors)));

        all.Merge();
        Assert.Empty(lora.Load(_folder["before"]).Warnings);
        all.Unmerge();
    }

    // The values that a new head has before its training are random.
    [Fact]
    public void What_the_adapter_trains_itself_is_not_compared()
    {
        using var model = Make.Model(() => new NewHead());
        using (var lora = Make.Trained(model.AttachLora()))
            lora.Save(_folder.Path);
        using (no_grad())
            model.get_parameter("head.weight")!.add_(1);
        using var again = model.AttachLoraFrom(_folder.Path);
        Assert.Empty(again.LoadReport!.Warnings);
        Assert.DoesNotContain("head", Fingerprint(""), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_parameters_outside_of_the_adapted_layers_are_an_error_unless_that_is_allowed()
    {
        Save();
        Change(metadata => metadata["shapes"] = "00");
        var before = ModelState.Of(_model);
        var error = Assert.Throws<InvalidDataException>(() => _model.AttachLoraFrom(_folder.Path));
        Assert.Contains(
            "\n- the base model is not the one \"toy\", with which the adapter was saved: names or shapes of parameters outside of the adapted layers differ; "
            + "attach a new adapter and call Load(folder, allowOtherBase: true)",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(before, ModelState.Of(_model));

        using var lora = _model.AttachLora();
        Assert.StartsWith("The base model is not the one", Assert.Single(lora.Load(_folder.Path, allowOtherBase: true).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_PEFT_have_no_fingerprint_and_a_damaged_one_is_an_error()
    {
        Save();
        Change(metadata => metadata["weights"] = new JsonObject { ["norm.weight"] = "1 x" });
        Assert.Contains("loragen.base in its metadata is damaged", Assert.Throws<InvalidDataException>(Attach).Message, StringComparison.Ordinal);
        Rewrite("{\"shapes\": 1");
        Assert.Contains($"{Tensors}: loragen.base: not JSON", Assert.Throws<InvalidDataException>(Attach).Message, StringComparison.Ordinal);

        Rewrite(null);
        Attach();

        void Attach()
        {
            using var lora = _model.AttachLoraFrom(_folder.Path);
            Assert.Empty(lora.LoadReport!.Warnings);
        }
    }

    private void Save()
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Save(_folder.Path, baseModel: "toy");
    }

    private string Fingerprint(string folder)
    {
        using var file = SafetensorsFile.Open(Path.Combine(_folder[folder], Tensors));
        Assert.Equal("pt", file.Metadata["format"]);
        return file.Metadata["loragen.base"];
    }

    private void Change(Action<JsonObject> change)
    {
        var json = (JsonObject)JsonNode.Parse(Fingerprint(""))!;
        change(json);
        Rewrite(json.ToJsonString());
    }

    private void Rewrite(string? fingerprint)
    {
        Dictionary<string, Tensor> tensors;
        using (var file = SafetensorsFile.Open(_folder[Tensors], map: false))
            tensors = file.Tensors.ToDictionary(tensor => tensor.Name, tensor => file.Read(tensor.Name));
        var metadata = new Dictionary<string, string> { ["format"] = "pt" };
        if (fingerprint is not null)
            metadata["loragen.base"] = fingerprint;
        SafetensorsWriter.Write(_folder[Tensors], tensors, metadata);
    }

    private JsonObject Config() => (JsonObject)JsonNode.Parse(File.ReadAllText(_folder["adapter_config.json"]))!;
}
