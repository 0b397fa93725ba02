using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Interop;

/// <summary>Modules that modules_to_save selects, although no [Trainable] trains them: their base values are in the file.</summary>
public sealed class SelectedModuleTests : IDisposable
{
    private const string Norm = "base_model.model.norm.weight";
    private const string Other = "base_model.model.blocks.1.norm.weight";

    private readonly TemporaryFolder _folder = new();
    private readonly HeldRoot _model = Make.Model(() => new HeldRoot());

    public SelectedModuleTests()
    {
        using var lora = Make.Trained(_model.AttachLora());
        lora.Save(_folder.Path);
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_file_has_the_base_values()
    {
        Assert.Equal("[\"norm\"]", Config()["modules_to_save"]!.ToJsonString());
        using var file = SafetensorsFile.Open(_folder["adapter_model.safetensors"]);
        Expect.SameBits(_model.state_dict()["blocks.1.norm.weight"], file.Read(Other));
        Expect.Differ(_model.state_dict()["norm.weight"], file.Read(Norm));
    }

    [Fact]
    public void Other_values_are_refused()
    {
        Rewrite(tensors => tensors[Other] = tensors[Other] + 1);
        Assert.Contains("- modules_to_save [norm] trains blocks.1.norm, but no [Trainable] does", Fault(), StringComparison.Ordinal);

        Rewrite(tensors => tensors[Other] = ones(3));
        Assert.Contains("- modules_to_save [norm] trains blocks.1.norm, but no [Trainable] does", Fault(), StringComparison.Ordinal);
    }

    // Of versions that didn't write these values.
    [Theory, InlineData("norm"), InlineData("norm", "norm")]
    public void Folders_without_them_are_read(params string[] names)
    {
        Rewrite(tensors => Remove(tensors, key => key.StartsWith("base_model.model.blocks", StringComparison.Ordinal) && !key.Contains("lora_")));
        Change(config => config["modules_to_save"] = new JsonArray([.. names.Select(name => (JsonNode?)name)]));
        using var lora = _model.AttachLora();
        lora.Load(_folder.Path);
    }

    [Fact]
    public void A_trained_module_that_is_missing_is_refused()
    {
        Rewrite(tensors => tensors.Remove(Norm));
        Assert.Contains($"- tensor {Norm} [6] is missing", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_another_adapter_are_not_saved_as_the_base_models()
    {
        using var model = Make.Model(() => new HeldApart());
        using var lora = model.AttachLora();
        using var second = model.AttachSecondLora();
        var refused = Assert.Throws<InvalidOperationException>(() => lora.Save(_folder["second"]));
        Assert.Contains(
            "other_norm: PEFT's files have the module's base values, because modules_to_save selects it too, but another adapter has changed them",
            refused.Message,
            StringComparison.Ordinal);

        second.IsActive = false;
        lora.Save(_folder["second"]);
    }

    [Fact]
    public void A_list_that_was_named_itself_is_read()
    {
        using var model = new HeldLists(TestDevice.Device);
        using (var lora = Make.Trained(model.AttachLora()))
            lora.Save(_folder.Path);
        Assert.Equal(
            "[\"heads.a\",\"heads.b\",\"list.0\",\"list.2\",\"nested.0.0\",\"nested.1.0\",\"nested.1.1\"]",
            Config()["modules_to_save"]!.ToJsonString());
        Change(config => config["modules_to_save"] = new JsonArray("list", "heads", "nested"));
        Rewrite(tensors => Remove(tensors, key => key.Contains("other_list", StringComparison.Ordinal)));
        using var again = model.AttachLora();
        again.Load(_folder.Path);
    }

    [Fact]
    public void A_list_of_whole_paths_that_adapts_more_is_read_as_it_was_written()
    {
        using var model = Make.Model(() => new TargetedRoot());
        using (var lora = Make.Trained(model.AttachLora()))
            lora.Save(_folder.Path);
        Assert.Equal("proj", (string?)Config()["target_modules"]);
        Change(config => config["target_modules"] = new JsonArray("proj"));
        using (var again = model.AttachLora())
            again.Load(_folder.Path);

        // PEFT has tensors for the other layer too.
        Rewrite(tensors => tensors["base_model.model.inner.proj.lora_A.weight"] = zeros(2, 6));
        using var other = model.AttachLora();
        var fault = Assert.Throws<InvalidDataException>(() => other.Load(_folder.Path)).Message;
        Assert.Contains("- tensor base_model.model.inner.proj.lora_A.weight is unexpected", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_values_for_the_two_names_of_a_module_are_refused()
    {
        using var model = Make.Model(() => new HeldTwice());
        using (var lora = Make.Trained(model.AttachLora()))
            lora.Save(_folder.Path);
        Rewrite(tensors => tensors["base_model.model.other_head.bias"] = tensors["base_model.model.other_head.bias"] + 1);
        using var again = model.AttachLora();
        var fault = Assert.Throws<InvalidDataException>(() => again.Load(_folder.Path)).Message;
        Assert.Contains("- tensors base_model.model.head.bias and base_model.model.other_head.bias differ", fault, StringComparison.Ordinal);
    }

    private static void Remove(Dictionary<string, Tensor> tensors, Func<string, bool> isRemoved)
    {
        foreach (var key in tensors.Keys.Where(isRemoved).ToArray())
            tensors.Remove(key);
    }

    private string Fault() => Assert.Throws<InvalidDataException>(() => _model.AttachLoraFrom(_folder.Path)).Message;

    private JsonObject Config() => (JsonObject)JsonNode.Parse(File.ReadAllText(_folder["adapter_config.json"]))!;

    private void Change(Action<JsonObject> change)
    {
        var config = Config();
        change(config);
        File.WriteAllText(_folder["adapter_config.json"], config.ToJsonString());
    }

    private void Rewrite(Action<Dictionary<string, Tensor>> change)
    {
        Dictionary<string, Tensor> tensors;
        using (var file = SafetensorsFile.Open(_folder["adapter_model.safetensors"]))
            tensors = file.Tensors.ToDictionary(tensor => tensor.Name, tensor => file.Read(tensor.Name));
        change(tensors);
        SafetensorsWriter.Write(_folder["adapter_model.safetensors"], tensors, new Dictionary<string, string> { ["format"] = "pt" });
    }
}
