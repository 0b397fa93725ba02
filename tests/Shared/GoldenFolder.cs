using System.Text.Json;
using static TorchSharp.torch;

namespace LoraGen.Tests.Shared;

/// <summary>A folder of numbers that PEFT computed: inputs, expected tensors and facts, and the adapter that it saved.</summary>
internal abstract class GoldenFolder
{
    /// <summary>What PEFT puts before the names of the base model's modules.</summary>
    protected const string Prefix = "base_model.model.";

    private readonly Device _device;
    private readonly IReadOnlyDictionary<string, Tensor> _expected;
    private readonly JsonElement _facts;

    protected GoldenFolder(string name, Device device)
    {
        _device = device;
        Folder = Path.Combine(Goldens, name);
        _expected = Read("expected.safetensors");
        _facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json"))).RootElement;
        Inputs = Read("input.safetensors");
    }

    protected static string Goldens => Path.Combine(AppContext.BaseDirectory, "Goldens");

    protected string Folder { get; }

    protected IReadOnlyDictionary<string, Tensor> Inputs { get; }

    /// <summary>What <c>save_pretrained</c> wrote.</summary>
    public string AdapterFolder => Path.Combine(Folder, "adapter");

    public double Loss => _facts.GetProperty("loss").GetDouble();

    /// <summary>Of each training step.</summary>
    public IReadOnlyList<double> Losses => [.. _facts.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())];

    public long Count(string name) => _facts.GetProperty(name).GetInt64();

    public Tensor Expected(string name) => _expected[name];

    /// <summary>The expected tensors whose names begin with a prefix, by the rest of their names.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Group(string prefix)
    {
        return _expected.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => (entry.Key[prefix.Length..], entry.Value));
    }

    /// <summary>The tensors of a file in the folder.</summary>
    protected Dictionary<string, Tensor> Read(params string[] path)
    {
        using var file = SafetensorsFile.Open(Path.Combine([Folder, .. path]));
        return file.Tensors.ToDictionary(tensor => tensor.Name, tensor => file.Read(tensor.Name, _device));
    }
}
