using LoraGen.Benchmarks.Graphs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>The graphs that the benchmarks measure LoraGen against are PEFT's: they give what PEFT gave. LoraGen has no part in these tests.</summary>
public sealed class PeftGraphTests
{
    private const double OutputTolerance = 2e-5;
    private const double GradientShare = 1e-4;
    private const int Alpha = 16;

    private static readonly Scalar Scaling = 16.0 / 8;

    private static readonly Dictionary<string, LayerGraph> Graphs = new()
    {
        ["toy_lora"] = Lora,
        ["toy_pissa"] = Lora,
        ["toy_olora"] = Lora,
        ["toy_dora"] = (layer, x, own) =>
            PeftGraph.Dora((Linear)layer, x, own["lora_A.weight"], own["lora_B.weight"], own["lora_magnitude_vector"], Scaling),
        ["toy_ia3"] = (layer, x, own) => PeftGraph.Ia3((Linear)layer, x, own["ia3_l"], isFeedForward: own["ia3_l"].shape[0] == 1),
        ["toy_oft"] = (layer, x, own) => Oft((Linear)layer, x, own["oft_R.weight"], size: 4, terms: 0),
        ["toy_oft_neumann"] = (layer, x, own) => Oft((Linear)layer, x, own["oft_R.weight"], size: 8, terms: 5),
        ["toy_adalora"] = (layer, x, own) =>
            PeftGraph.AdaLora((Linear)layer, x, own["lora_A"], own["lora_B"], own["lora_E"], full(1, own["lora_E"].shape[0], device: x.device), Alpha),
        ["toy_vera"] = (layer, x, own) =>
            PeftGraph.Vera((Linear)layer, x, own["vera_lambda_b"], own["vera_lambda_d"], own["vera_A"], own["vera_B"]),
        ["toy_ln_tuning"] = (_, x, own) => PeftGraph.LayerNorm(x, own["ln_tuning_layers.weight"], own["ln_tuning_layers.bias"], 1e-5),
        ["emb_trainable_tokens"] = (layer, x, own) =>
            PeftGraph.TrainableTokens(((Embedding)layer).weight!, x, [3, 17, 41], own["trainable_tokens_delta"]),
    };

    public static TheoryData<string> All => [.. Graphs.Keys];

    /// <summary>PEFT's gradients were not recorded for the others, whose graph is LoRA's.</summary>
    public static TheoryData<string> WithGradients => [.. Graphs.Keys.Except(["toy_pissa", "toy_olora"])];

    [Theory, MemberData(nameof(All))]
    public void Output_is_PEFTs(string name)
    {
        using var graph = new GraphCase(name, Graphs[name]);
        Expect.Close(graph.Golden.Expected("output_active"), graph.Forward(), OutputTolerance);
    }

    [Theory, MemberData(nameof(WithGradients))]
    public void Gradients_are_PEFTs(string name)
    {
        using var graph = new GraphCase(name, Graphs[name]);
        graph.Forward().pow(2).mean().backward();

        Assert.Equal(graph.Trained.Count, graph.Golden.Group("grad.").Count());
        foreach (var (key, expected) in graph.Golden.Group("grad."))
            Expect.CloseInShare(expected, graph.Trained[key].grad!, GradientShare, key);
    }

    [Fact]
    public void With_a_frozen_A_the_gradients_of_B_are_PEFTs()
    {
        using var graph = new GraphCase("toy_lora", Lora, key => key.EndsWith("lora_B.weight", StringComparison.Ordinal));
        graph.Forward().pow(2).mean().backward();

        Assert.Equal(4, graph.Trained.Count);
        foreach (var (key, tensor) in graph.Trained)
            Expect.CloseInShare(graph.Golden.Expected($"grad.{key}"), tensor.grad!, GradientShare, key);
    }

    [Fact]
    public void Half_precision_bases_get_their_type_back()
    {
        using var layer = Make.Model(() => nn.Linear(32, 48), dtype: ScalarType.BFloat16);
        var output = PeftGraph.Lora(layer, Make.Normal(2, 5, 32).to(ScalarType.BFloat16), Make.Normal(3, 8, 32), Make.Normal(4, 48, 8), Scaling);

        Assert.Equal(ScalarType.BFloat16, output.dtype);
    }

    private static Tensor Oft(Linear layer, Tensor x, Tensor weight, long size, int terms)
    {
        return PeftGraph.Oft(layer, x, weight, triu_indices(size, size, 1, device: x.device), terms);
    }

    private static Tensor Lora(nn.Module layer, Tensor x, IReadOnlyDictionary<string, Tensor> own)
    {
        return PeftGraph.Lora((Linear)layer, x, own["lora_A.weight"], own["lora_B.weight"], Scaling);
    }
}
