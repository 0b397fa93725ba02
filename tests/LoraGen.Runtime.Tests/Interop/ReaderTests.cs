using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Interop;

/// <summary>The strict reader itself: folders that PEFT wrote have no faults, and each kind of fault is found.</summary>
public sealed class ReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HeldRoot _model = Make.Model(() => new HeldRoot());

    public ReaderTests()
    {
        using var lora = _model.AttachLora();
        lora.Save(_folder.Path);
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("toy_lora")]
    [InlineData("toy_lora_all")]
    [InlineData("toy_lora_modules_to_save")]
    [InlineData("toy_rslora")]
    [InlineData("toy_dora")]
    [InlineData("toy_ia3")]
    [InlineData("toy_oft")]
    [InlineData("toy_oft_neumann")]
    [InlineData("toy_adalora")]
    [InlineData("toy_vera")]
    [InlineData("emb_lora")]
    [InlineData("emb_dora")]
    [InlineData("conv1d_lora")]
    [InlineData("conv2d_lora")]
    [InlineData("conv2d_lora_groups")]
    [InlineData("conv2d_dora")]
    public void What_PEFT_wrote_has_no_faults(string name)
    {
        using nn.Module model = name.Split('_')[0] switch
        {
            "toy" => new Toy(),
            "emb" => new ToyEmb(),
            "conv1d" => new ToyConv1d(),
            _ => new ToyConv(name.EndsWith("groups", StringComparison.Ordinal) ? 2 : 1),
        };
        var reading = PeftReader.Read(BaseModule.Of(model), Path.Combine(AppContext.BaseDirectory, "Goldens", name, "adapter"));
        Assert.Empty(reading.Faults);
        Assert.NotEmpty(reading.Scalings);
    }

    [Theory]
    [InlineData("target_modules", "['fc1']", "unexpected key base_model.model.blocks.0.fc2.lora_A.weight")]
    [InlineData("target_modules", "['fc1', 'fc2', 'blocks.0']", "ValueError: target module blocks.0 is a InteropBlock")]
    [InlineData("target_modules", "'fc1'", "ValueError: no target module was found")]
    [InlineData("exclude_modules", "['blocks.0.fc1']", "unexpected key base_model.model.blocks.0.fc1.lora_A.weight")]
    [InlineData("layers_to_transform", "[0]", "ValueError: no target module was found")]
    [InlineData("r", "3", "size mismatch for base_model.model.blocks.0.fc1.lora_A.weight: [2, 6] in the file, [3, 6] in the model")]
    [InlineData("rank_pattern", "{'fc1': 4}", "size mismatch for base_model.model.blocks.0.fc1.lora_A.weight")]
    [InlineData("use_dora", "true", "missing key base_model.model.blocks.0.fc1.lora_magnitude_vector")]
    [InlineData("modules_to_save", "['norm', 'locks']", "TypeError: modules_to_save cannot be applied to modules of type ModuleList: blocks")]
    [InlineData("modules_to_save", "['norm', 'layer']", "missing key base_model.model.blocks.0.fc1.base_layer.weight")]
    [InlineData("modules_to_save", "['A']", "TypeError: modules_to_save cannot be applied to modules of type ModuleDict: blocks.0.fc1.lora_A")]
    [InlineData("modules_to_save", "['t']", "ValueError: modules_to_save targets blocks.0.fc1.lora_dropout.default")]
    [InlineData("modules_to_save", "['norm', 'blocks.0']", "KeyError: modules_to_save wraps blocks.0.norm within blocks.0")]
    [InlineData("modules_to_save", "['norm', 'c1']", "TypeError: modules_to_save cannot be applied to modules of type LoraLayer: blocks.0.fc1")]
    [InlineData("layers_pattern", "'blocks'", "ValueError: layers_pattern without layers_to_transform")]
    public void Faults_are_found(string key, string value, string expected)
    {
        var path = _folder["adapter_config.json"];
        var config = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
        config[key] = JsonNode.Parse(value.Replace('\'', '"'));
        File.WriteAllText(path, config.ToJsonString());

        Assert.Contains(PeftReader.Read(BaseModule.Of(_model), _folder.Path).Faults, fault => fault.StartsWith(expected, StringComparison.Ordinal));
    }
}
