using LoraGen;
using LoraGen.Benchmarks.Graphs;
using Models.Layers;
using Models.Qwen2;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Goldens;

/// <summary>
/// The graphs of virtual tokens that the benchmarks measure LoraGen against are PEFT's: a Qwen2 that starts from the embeddings, keys and values that they make
/// computes what PEFT did. No adapter is attached.
/// </summary>
public sealed class VirtualTokenGraphTests
{
    private const double OutputTolerance = 2e-5;
    private const double GradientShare = 1e-4;
    private const double GradientFloor = 1e-3;
    private const string Trained = "trained.prompt_encoder.default.";
    private const string Gradients = "grad.prompt_encoder.default.";

    [Fact]
    public void Prompt_tuning_is_PEFTs()
    {
        var golden = new Qwen2Golden("qwen2_prompt_tuning");
        var table = Table(golden);
        var output = Prompted(golden, embeddings => PeftGraph.Prompted(embeddings, arange(table.shape[0]), table));

        Expect.Close(golden.Expected("output_active"), output, OutputTolerance);
        output.pow(2).mean().backward();
        Expect.CloseInShare(golden.Expected("grad.prompt_embeddings"), table.grad!, GradientShare, floor: GradientFloor);
    }

    [Fact]
    public void P_tuning_is_PEFTs()
    {
        var golden = new Qwen2Golden("qwen2_p_tuning");
        var table = golden.Expected(Trained + "embedding.weight").requires_grad_();
        using var encoder = Encoder(golden);
        var output = Prompted(golden, embeddings => PeftGraph.Prompted(embeddings, arange(table.shape[0]), table, encoder));

        Expect.Close(golden.Expected("output_active"), output, OutputTolerance);
        output.pow(2).mean().backward();
        Expect.CloseInShare(golden.Expected(Gradients + "embedding.weight"), table.grad!, GradientShare, floor: GradientFloor);
        foreach (var (name, parameter) in encoder.named_parameters())
            Expect.CloseInShare(golden.Expected($"{Gradients}mlp_head.{name}"), parameter.grad!, GradientShare, name, GradientFloor);
    }

    [Fact]
    public void Prefix_tuning_is_PEFTs()
    {
        var golden = new Qwen2Golden("qwen2_prefix_tuning");
        var table = Table(golden);
        using var model = Qwen2Golden.Model();
        var config = model.Config;
        var parts = PeftGraph.Prefix(golden.Ids.shape[0], arange(table.shape[0]), table, config.NumHiddenLayers, config.NumKeyValueHeads);
        using var cache = new KeyValueCache();
        for (var layer = 0; layer < parts.Length; layer++)
            cache.Append(layer, parts[layer][0], parts[layer][1]);
        var output = model.call(golden.Ids, PeftGraph.PromptedMask(golden.AttentionMask, table.shape[0]), null, cache);

        Expect.Close(golden.Expected("output_active"), output, OutputTolerance);
        output.pow(2).mean().backward();
        Expect.CloseInShare(golden.Expected("grad.prompt_embeddings"), table.grad!, GradientShare, floor: GradientFloor);
    }

    private static Tensor Table(Qwen2Golden golden)
    {
        using var file = SafetensorsFile.Open(Path.Combine(golden.AdapterFolder, "adapter_model.safetensors"));
        return file.Read("prompt_embeddings").requires_grad_();
    }

    // The model's modules from the embeddings on, because its forward looks them up itself.
    private static Tensor Prompted(Qwen2Golden golden, Func<Tensor, Tensor> prompted)
    {
        using var model = Qwen2Golden.Model();
        var modules = model.named_modules().ToDictionary(module => module.name, module => module.module);
        var embeddings = ((Embedding)modules["model.embed_tokens"]).forward(golden.Ids);
        var hidden = prompted(embeddings);
        var (time, config) = (hidden.shape[1], model.Config);
        var mask = CausalMask.Of(hidden, 0, PeftGraph.PromptedMask(golden.AttentionMask, time - embeddings.shape[1]));
        var rotation = new RotaryEmbedding(config.HeadDim, config.RopeTheta, config.RopeScaling).At(arange(time).unsqueeze(0), hidden.dtype);
        var nothing = new PastTokens(VirtualTokens.Prepend(model, hidden).Prefix, null);
        for (var layer = 0; layer < config.NumHiddenLayers; layer++)
            hidden = ((Qwen2DecoderLayer)modules[$"model.layers.{layer}"]).call(hidden, rotation, mask, nothing);
        return ((Linear)modules["lm_head"]).forward(((RmsNorm)modules["model.norm"]).forward(hidden));
    }

    private static Sequential Encoder(Qwen2Golden golden)
    {
        var weights = new[] { 0, 2, 4 }.Select(layer => golden.Expected($"{Trained}mlp_head.{layer}.weight").shape).ToArray();
        var encoder = nn.Sequential(
            nn.Linear(weights[0][1], weights[0][0]), nn.ReLU(), nn.Linear(weights[1][1], weights[1][0]), nn.ReLU(), nn.Linear(weights[2][1], weights[2][0]));
        using var noGrad = no_grad();
        foreach (var (name, parameter) in encoder.named_parameters())
            parameter.copy_(golden.Expected($"{Trained}mlp_head.{name}"));
        return encoder;
    }
}
