using System.Text.Json;
using LoraGen;
using Models.Qwen2;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Goldens;

/// <summary>One folder of numbers that transformers and PEFT computed; see the README beside it.</summary>
internal sealed class GoldenCase
{
    private const string Prefix = "base_model.model.";

    private readonly IReadOnlyDictionary<string, Tensor> _expected;
    private readonly IReadOnlyDictionary<string, Tensor> _input;
    private readonly JsonElement _facts;

    public GoldenCase(string name)
    {
        var folder = Path.Combine(Goldens, name);
        AdapterFolder = Path.Combine(folder, "adapter");
        _expected = Read(Path.Combine(folder, "expected.safetensors"));
        _input = Read(Path.Combine(folder, "input.safetensors"));
        _facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected.json"))).RootElement;
    }

    public static string BaseWeights => Path.Combine(Goldens, "qwen2_base.safetensors");

    public static string BaseConfig => Path.Combine(Goldens, "qwen2_config.json");

    private static string Goldens => Path.Combine(AppContext.BaseDirectory, "Goldens");

    public string AdapterFolder { get; }

    public Tensor Ids => _input["input_ids"];

    public Tensor AttentionMask => _input["attention_mask"];

    public double Loss => _facts.GetProperty("loss").GetDouble();

    public ParameterCount Count => new(_facts.GetProperty("trainable").GetInt64(), _facts.GetProperty("total").GetInt64());

    public Tensor Expected(string name) => _expected[name];

    /// <summary>The expected tensors whose names begin so, by the rest of their names.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Group(string prefix)
    {
        return _expected.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => (entry.Key[prefix.Length..], entry.Value));
    }

    /// <summary>The base model, from a folder as Hugging Face lays it out.</summary>
    public static Qwen2ForCausalLM Model()
    {
        using var folder = new TemporaryFolder();
        WriteCheckpoint(folder.Path);
        var model = new Qwen2ForCausalLM(Qwen2Config.Read(folder.Path));
        model.LoadCheckpoint(folder.Path);
        model.eval();
        return model;
    }

    public static void WriteCheckpoint(string folder)
    {
        File.Copy(BaseWeights, Path.Combine(folder, "model.safetensors"));
        File.Copy(BaseConfig, Path.Combine(folder, "config.json"));
    }

    /// <summary>The parameter that PEFT calls <c>base_model.model.{path}.lora_{A|B}.weight</c>.</summary>
    public static Tensor Parameter(Adapter adapter, string key)
    {
        var parts = key[Prefix.Length..].Split(".lora_");
        var site = (LoraSite)adapter[parts[0]];
        return parts[1] == "A.weight" ? site.A : site.B;
    }

    private static Dictionary<string, Tensor> Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Tensors.ToDictionary(tensor => tensor.Name, tensor => file.Read(tensor.Name));
    }
}
