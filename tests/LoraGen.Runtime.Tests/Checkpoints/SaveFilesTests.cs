using System.Text.Json.Nodes;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Checkpoints;

/// <summary>The files beside the weights.</summary>
public sealed class SaveFilesTests : IDisposable
{
    private const string Config = """{ "model_type": "toy", "torch_dtype": "bfloat16", "eps": 1e-06, "name": "Größe" }""";

    private readonly TemporaryFolder _folder = new();

    private string Out => _folder["out"];

    private string Original => _folder["original"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_config_and_the_tokenizers_files_are_copied()
    {
        using var model = Written(ScalarType.BFloat16);
        model.SaveCheckpoint(Out, original: Original);
        Assert.Equal(["config.json", "generation_config.json", "model.safetensors", "tokenizer.json"], Names(Out));
        foreach (var name in new[] { "config.json", "generation_config.json", "tokenizer.json" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(Original, name)), File.ReadAllBytes(Path.Combine(Out, name)));

        // As LoadCheckpoint's path: the file with the weights.
        model.SaveCheckpoint(_folder["file"], original: Path.Combine(Original, "model.safetensors"));
        Assert.Equal(Names(Out), Names(_folder["file"]));
    }

    [Theory]
    [InlineData(ScalarType.Float32, "float32")]
    [InlineData(ScalarType.Float16, "float16")]
    public void The_configs_type_is_that_of_the_model(ScalarType type, string expected)
    {
        using var model = Written(type);
        model.SaveCheckpoint(Out, original: Original);
        var text = File.ReadAllText(Path.Combine(Out, "config.json"));
        Assert.Contains("1e-06", text, StringComparison.Ordinal);
        Assert.Contains("Größe", text, StringComparison.Ordinal);
        var config = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(["model_type", "torch_dtype", "eps", "name"], config.Select(entry => entry.Key));
        Assert.Equal(expected, config["torch_dtype"]!.GetValue<string>());
        Assert.Equal("toy", config["model_type"]!.GetValue<string>());
    }

    [Fact]
    public void A_config_can_be_given_as_a_file_or_a_text()
    {
        using var model = Written(ScalarType.Float32);
        model.SaveCheckpoint(Out, original: Path.Combine(Original, "config.json"));
        Assert.Equal(["config.json", "model.safetensors"], Names(Out));

        const string own = """{"model_type": "mine", "torch_dtype": "bfloat16"}""";
        model.SaveCheckpoint(Out, config: own);
        Assert.Equal(own, File.ReadAllText(Path.Combine(Out, "config.json")));
        model.SaveCheckpoint(_folder["both"], original: Original, config: own);
        Assert.Equal(own, File.ReadAllText(Path.Combine(_folder["both"], "config.json")));
        Assert.Contains("tokenizer.json", Names(_folder["both"]));
        var refused = Assert.Throws<InvalidDataException>(() => model.SaveCheckpoint(Out, config: "{"));
        Assert.Contains("config: not JSON", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_may_be_saved_over_the_original()
    {
        using var model = Written(ScalarType.Float32);
        using (no_grad())
            model.weight.add_(1);
        model.SaveCheckpoint(Original, original: Original);
        Assert.Equal(["config.json", "generation_config.json", "model.safetensors", "notes.md", "tokenizer.json"], Names(Original));
        Assert.Contains("\"float32\"", File.ReadAllText(Path.Combine(Original, "config.json")), StringComparison.Ordinal);
        using var loaded = Linear(4, 4);
        loaded.LoadCheckpoint(Original);
        Assert.Equal(ModelState.Of(model), ModelState.Of(loaded));
    }

    [Fact]
    public void A_damaged_config_is_named_before_anything_is_written()
    {
        using var model = Written(ScalarType.Float32);
        File.WriteAllText(Path.Combine(Original, "config.json"), """{"dtype": "float16", "dtype": "float32"}""");
        var error = Assert.Throws<InvalidDataException>(() => model.SaveCheckpoint(Out, original: Original)).Message;
        Assert.Contains("config.json: the key \"dtype\" exists twice", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    private Linear Written(ScalarType type)
    {
        var model = Make.Model(() => Linear(4, 4), dtype: type);
        model.SaveCheckpoint(Original, config: Config);
        foreach (var name in new[] { "generation_config.json", "tokenizer.json", "notes.md" })
            File.WriteAllText(Path.Combine(Original, name), name);
        return model;
    }

    private static IEnumerable<string> Names(string folder) => Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);
}
