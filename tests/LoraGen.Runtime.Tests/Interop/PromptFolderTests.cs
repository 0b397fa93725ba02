using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Interop;

/// <summary>Folders of virtual tokens by the rules of PEFT.</summary>
public sealed class PromptFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Written => [.. Attach.Keys];

    private static Dictionary<string, (Func<nn.Module> Create, Func<nn.Module, AdapterBase> Attach)> Attach { get; } = new()
    {
        ["prompt"] = (() => new PromptedGpt(6), model => ((PromptedGpt)model).AttachPromptTuning()),
        ["sampled"] = (() => new PromptedGpt(6), model => ((PromptedGpt)model).AttachSampledPromptTuning(name: "default")),
        ["MLP"] = (() => new PromptedGpt(6), model => ((PromptedGpt)model).AttachPTuning()),
        ["LSTM"] = (() => new PromptedGpt(6), model => ((PromptedGpt)model).AttachRecurrentPTuning(name: "default")),
        ["prefix"] = (() => new PromptedGpt(6), model => ((PromptedGpt)model).AttachPrefixTuning()),
        ["projection"] = (() => new PromptedGpt(6), model => ((PromptedGpt)model).AttachProjectedPrefixTuning(name: "default")),
        ["prompt with a classifier"] = (() => new PromptedClassifier(), model => ((PromptedClassifier)model).AttachPromptTuning()),
        ["prefix with a classifier"] = (() => new PromptedClassifier(), model => ((PromptedClassifier)model).AttachPrefixTuning()),
    };

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Written))]
    public void PEFT_reads_what_was_saved(string name)
    {
        using var model = Make.Model(Attach[name].Create);
        var modules = BaseModule.Of(model);
        using var adapter = Attach[name].Attach(model);
        adapter.Save(_folder.Path, taskType: "CAUSAL_LM");

        Assert.Empty(PeftPromptReader.Faults(modules, _folder.Path));
    }

    [Theory]
    [InlineData("num_layers", "4", "size mismatch for prompt_embeddings: [2, 8], expected [2, 32]")]
    [InlineData("target_modules", "['q']", "TypeError: PREFIX_TUNING got an unexpected keyword argument target_modules")]
    [InlineData("modules_to_save", "['classifier', 'embedding']", "missing key base_model.backbone.embedding.weight")]
    [InlineData("modules_to_save", "null", "base_model.classifier.bias would be loaded into the model, or is lost")]
    [InlineData("inference_mode", "false", "the encoder would be created for training")]
    [InlineData("num_attention_heads", "3", "token_dim is not divisible by num_attention_heads")]
    public void Faults_are_found(string key, string value, string expected)
    {
        using var model = Make.Model(() => new PromptedClassifier());
        var modules = BaseModule.Of(model);
        using var adapter = model.AttachPrefixTuning();
        adapter.Save(_folder.Path);
        var path = _folder["adapter_config.json"];
        var config = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
        config[key] = JsonNode.Parse(value.Replace('\'', '"'));
        File.WriteAllText(path, config.ToJsonString());

        Assert.Contains(expected, PeftPromptReader.Faults(modules, _folder.Path));
    }
}
