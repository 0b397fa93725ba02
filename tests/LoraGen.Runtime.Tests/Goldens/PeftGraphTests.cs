using LoraGen.Benchmarks.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>The graph that the benchmarks measure LoraGen against is PEFT's: it gives what PEFT gave. LoraGen has no part in these tests.</summary>
public sealed class PeftGraphTests : IDisposable
{
    private const double OutputTolerance = 2e-5;
    private const double GradientShare = 1e-4;
    private const string Adapter = "base_model.model.";

    private readonly GoldenCase _golden = new("toy_lora");
    private readonly Toy _model;
    private readonly Dictionary<string, Tensor> _base;
    private readonly Dictionary<string, Tensor> _adapter;
    private readonly Scalar _scaling = 16.0 / 8;

    public PeftGraphTests()
    {
        _model = _golden.Model();
        _base = _model.state_dict();
        _adapter = _golden.AdapterTensors();
        foreach (var parameter in _base.Values)
            parameter.requires_grad = false;
        foreach (var tensor in _adapter.Values)
            tensor.requires_grad = true;
    }

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Output_is_PEFTs()
    {
        Expect.Close(_golden.Expected("output_active"), Forward(_golden.Input), OutputTolerance);
    }

    [Fact]
    public void Gradients_are_PEFTs()
    {
        Forward(_golden.Input).pow(2).mean().backward();

        Assert.Equal(_adapter.Count, _golden.Group("grad.").Count());
        foreach (var (key, expected) in _golden.Group("grad."))
            Expect.CloseInShare(expected, _adapter[key].grad!, GradientShare, key);
    }

    [Fact]
    public void Half_precision_bases_get_their_type_back()
    {
        using var layer = Make.Model(() => nn.Linear(32, 48), dtype: ScalarType.BFloat16);
        var output = PeftGraph.Lora(layer, Make.Normal(2, 5, 32).to(ScalarType.BFloat16), Make.Normal(3, 8, 32), Make.Normal(4, 48, 8), _scaling);

        Assert.Equal(ScalarType.BFloat16, output.dtype);
    }

    // The goldens' toy written out over its state_dict, with PEFT's graph where the adapter is.
    private Tensor Forward(Tensor input)
    {
        for (var i = 0; i < 2; i++)
        {
            input = input + Attention($"layers.{i}.attn", Norm($"layers.{i}.ln1", input));
            var up = Linear($"layers.{i}.mlp.up_proj", Norm($"layers.{i}.ln2", input));
            input = input + Linear($"layers.{i}.mlp.down_proj", nn.functional.silu(up));
        }

        return Norm("norm", input);
    }

    private Tensor Attention(string path, Tensor input)
    {
        var query = Heads(Adapted($"{path}.q_proj", input));
        var key = Heads(Linear($"{path}.k_proj", input));
        var value = Heads(Adapted($"{path}.v_proj", input));
        var scores = query.matmul(key.transpose(-2, -1)) / Math.Sqrt(query.shape[^1]);
        var future = ones(input.shape[1], input.shape[1], device: input.device).triu(1).to(ScalarType.Bool);
        var mixed = scores.masked_fill(future, float.NegativeInfinity).softmax(-1).matmul(value);
        return Linear($"{path}.o_proj", mixed.transpose(1, 2).flatten(2));
    }

    private Tensor Adapted(string path, Tensor input)
    {
        var layer = (Linear)_model.named_modules().Single(module => module.name == path).module;
        var (a, b) = (_adapter[$"{Adapter}{path}.lora_A.weight"], _adapter[$"{Adapter}{path}.lora_B.weight"]);
        return PeftGraph.Lora(layer, input, a, b, _scaling);
    }

    private Tensor Linear(string path, Tensor input)
    {
        return nn.functional.linear(input, _base[$"{path}.weight"], _base.GetValueOrDefault($"{path}.bias"));
    }

    private Tensor Norm(string path, Tensor input) => nn.functional.layer_norm(input, [Toy.Width], _base[$"{path}.weight"], _base[$"{path}.bias"]);

    private static Tensor Heads(Tensor projected) => projected.view(projected.shape[0], projected.shape[1], 4, -1).transpose(1, 2);
}
