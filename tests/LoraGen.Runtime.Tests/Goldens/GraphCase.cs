using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>
/// The goldens' toys written out over their state_dict, with PEFT's graph in the layers that PEFT adapted. LoraGen has no part in it.
/// </summary>
internal sealed class GraphCase : IDisposable
{
    private const string Shared = "base_model.";
    private const string Adapter = $"{Shared}model.";

    private readonly GoldenCase _golden;
    private readonly nn.Module _model;
    private readonly Dictionary<string, Tensor> _base;
    private readonly Dictionary<string, Tensor> _adapter;
    private readonly LayerGraph _graph;

    /// <param name="name">The golden.</param>
    /// <param name="graph">PEFT's graph of a layer.</param>
    /// <param name="trains">Whether a tensor of the adapter is trained, by its key; null for all but those that the layers share.</param>
    public GraphCase(string name, LayerGraph graph, Func<string, bool>? trains = null)
    {
        _graph = graph;
        _golden = new GoldenCase(name);
        _model = name.StartsWith("emb", StringComparison.Ordinal) ? _golden.Model(() => new ToyEmb()) : _golden.Model();
        _base = _model.state_dict();
        _adapter = _golden.AdapterTensors();
        foreach (var parameter in _base.Values)
            parameter.requires_grad = false;
        foreach (var (key, tensor) in _adapter)
            tensor.requires_grad = trains?.Invoke(key) ?? key.StartsWith(Adapter, StringComparison.Ordinal);

        // Of a method that changes the base weights when it starts.
        using var noGrad = no_grad();
        foreach (var (weight, value) in _golden.Group("residual."))
            _base[weight].copy_(value);
    }

    public GoldenCase Golden => _golden;

    /// <summary>By PEFT's keys.</summary>
    public IReadOnlyDictionary<string, Tensor> Trained => _adapter.Where(entry => entry.Value.requires_grad).ToDictionary();

    public void Dispose() => _model.Dispose();

    public Tensor Forward()
    {
        var x = _golden.Input;
        if (_model is ToyEmb)
            x = Layer("emb", x);
        for (var i = 0; _base.ContainsKey($"layers.{i}.ln1.weight"); i++)
        {
            x = x + Attention($"layers.{i}.attn", Layer($"layers.{i}.ln1", x));
            var up = Layer($"layers.{i}.mlp.up_proj", Layer($"layers.{i}.ln2", x));
            x = x + Layer($"layers.{i}.mlp.down_proj", nn.functional.silu(up));
        }

        return Layer(_model is ToyEmb ? "head" : "norm", x);
    }

    private Tensor Attention(string path, Tensor input)
    {
        var query = Heads(Layer($"{path}.q_proj", input));
        var key = Heads(Layer($"{path}.k_proj", input));
        var value = Heads(Layer($"{path}.v_proj", input));
        var scores = query.matmul(key.transpose(-2, -1)) / Math.Sqrt(query.shape[^1]);
        var future = ones(input.shape[1], input.shape[1], device: input.device).triu(1).to(ScalarType.Bool);
        var mixed = scores.masked_fill(future, float.NegativeInfinity).softmax(-1).matmul(value);
        return Layer($"{path}.o_proj", mixed.transpose(1, 2).flatten(2));
    }

    private Tensor Layer(string path, Tensor input)
    {
        var prefix = $"{Adapter}{path}.";
        var own = _adapter
            .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);
        foreach (var (key, tensor) in own.Count > 0 ? _adapter.Where(entry => !entry.Key.StartsWith(Adapter, StringComparison.Ordinal)) : [])
            own.Add(key[Shared.Length..], tensor);
        if (own.Count > 0)
            return _graph(_model.named_modules().Single(module => module.name == path).module, input, own);

        var (weight, bias) = (_base[$"{path}.weight"], _base.GetValueOrDefault($"{path}.bias"));
        return weight.dim() == 1 ? nn.functional.layer_norm(input, [Toy.Width], weight, bias) : nn.functional.linear(input, weight, bias);
    }

    private static Tensor Heads(Tensor projected) => projected.view(projected.shape[0], projected.shape[1], 4, -1).transpose(1, 2);
}
