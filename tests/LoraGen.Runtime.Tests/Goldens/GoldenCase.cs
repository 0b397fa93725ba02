using System.Text.Json;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>One folder of numbers that PEFT computed; see the README beside it.</summary>
internal sealed class GoldenCase
{
    private const string Prefix = "base_model.model.";

    private readonly string _folder;
    private readonly IReadOnlyDictionary<string, Tensor> _expected;
    private readonly JsonElement _facts;

    public GoldenCase(string name)
    {
        _folder = Path.Combine(AppContext.BaseDirectory, "Goldens", name);
        _expected = Read(Path.Combine(_folder, "expected.safetensors"));
        _facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "expected.json"))).RootElement;
        Input = Read(Path.Combine(_folder, "input.safetensors")).Single().Value;
    }

    public Tensor Input { get; }

    /// <summary>What <c>save_pretrained</c> wrote.</summary>
    public string AdapterFolder => Path.Combine(_folder, "adapter");

    public Tensor Expected(string name) => _expected[name];

    public long Count(string name) => _facts.GetProperty(name).GetInt64();

    /// <summary>Of each training step.</summary>
    public IReadOnlyList<double> Losses => [.. _facts.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())];

    public double Loss => _facts.GetProperty("loss").GetDouble();

    /// <summary>The expected tensors whose names begin so, by the rest of their names.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Group(string prefix)
    {
        return _expected.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => (entry.Key[prefix.Length..], entry.Value));
    }

    public Toy Model() => Model(() => new Toy());

    /// <summary>The model with the numbers that PEFT's had.</summary>
    public T Model<T>(Func<T> create)
        where T : nn.Module
    {
        using var noGrad = no_grad();
        var model = Make.Model(create);
        var state = model.state_dict();
        var weights = Read(Path.Combine(_folder, "base.safetensors"));
        Assert.Equal(weights.Keys.Order(StringComparer.Ordinal), state.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, weight) in weights)
            state[name].copy_(weight);
        return model;
    }

    /// <summary>Gives the adapter the numbers that PEFT's had.</summary>
    public T Load<T>(T adapter, string subfolder = "")
        where T : Adapter
    {
        using var noGrad = no_grad();
        var tensors = AdapterTensors(subfolder);
        Assert.Equal(adapter.Parameters().Count, tensors.Count);
        foreach (var (key, tensor) in tensors)
        {
            var parameter = Parameter(adapter, key);
            Assert.Equal(tensor.shape, parameter.shape);
            parameter.copy_(tensor);
        }

        return adapter;
    }

    /// <summary>The numbers that PEFT's adapter had, by PEFT's keys.</summary>
    public Dictionary<string, Tensor> AdapterTensors(string subfolder = "") => Read(Path.Combine(_folder, "adapter", subfolder, "adapter_model.safetensors"));

    private static Dictionary<string, Tensor> Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Tensors.ToDictionary(tensor => tensor.Name, tensor => file.Read(tensor.Name, TestDevice.Device));
    }

    /// <summary>The parameter of a site that PEFT's files call so, or the one of the base model.</summary>
    public static Tensor Parameter(Adapter adapter, string key)
    {
        var name = key[Prefix.Length..];
        return adapter.Sites
            .SelectMany(site => site.Own.Specs.Zip(site.Own.All).Select(pair => (Name: site.Path + pair.First.PeftSuffix, Parameter: (Tensor)pair.Second)))
            .Where(parameter => parameter.Name == name)
            .Select(parameter => parameter.Parameter)
            .FirstOrDefault() ?? ((Adapter<Toy>)adapter).BaseModel.state_dict()[name.Replace(".base_layer.", ".", StringComparison.Ordinal)];
    }
}
