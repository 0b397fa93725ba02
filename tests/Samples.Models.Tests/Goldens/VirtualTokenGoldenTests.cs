using System.Text.Json;
using LoraGen;
using Models.Qwen2;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Goldens;

/// <summary>Qwen2 with virtual tokens against transformers and PEFT.</summary>
public sealed class VirtualTokenGoldenTests
{
    private const double OutputTolerance = 2e-5;
    private const double GradientShare = 1e-4;
    private const string Trained = "trained.prompt_encoder.default.";
    private const string Gradients = "grad.prompt_encoder.default.";

    [Theory, InlineData("qwen2_prompt_tuning"), InlineData("qwen2_prefix_tuning"), InlineData("qwen2_p_tuning")]
    public void Logits_and_counts_are_PEFTs(string name)
    {
        var golden = new Qwen2Golden(name);
        using var model = Qwen2Golden.Model();
        using var adapter = Attach(name, model, golden);

        Assert.Equal(golden.ParameterCount, adapter.ParameterCount);
        Expect.Close(golden.Expected("output_active"), Logits(model, golden), OutputTolerance);
        using (no_grad())
            Expect.Close(golden.Expected("output_active"), Logits(model, golden), OutputTolerance);
        adapter.IsActive = false;
        Expect.Close(golden.Expected("output_disabled"), Logits(model, golden), OutputTolerance);
    }

    [Theory, InlineData("qwen2_prompt_tuning"), InlineData("qwen2_prefix_tuning")]
    public void Gradients_are_PEFTs(string name)
    {
        var golden = new Qwen2Golden(name);
        using var model = Qwen2Golden.Model();
        using var adapter = Attach(name, model, golden);
        var loss = Logits(model, golden).pow(2).mean();
        loss.backward();

        Assert.Equal(golden.Loss, loss.item<float>(), 1e-5);
        var parameter = Assert.Single(adapter.Parameters());
        Expect.CloseInShare(golden.Expected("grad.prompt_embeddings"), parameter.grad!, GradientShare, name, floor: 1e-3);
    }

    [Fact]
    public void Gradients_of_the_encoder_are_PEFTs()
    {
        var golden = new Qwen2Golden("qwen2_p_tuning");
        using var model = Qwen2Golden.Model();
        using var adapter = Attach("qwen2_p_tuning", model, golden);
        Logits(model, golden).pow(2).mean().backward();

        var names = golden.Group(Gradients).ToDictionary(entry => entry.Name, entry => entry.Tensor);
        Assert.Equal(names.Count, adapter.Parameters().Count);
        foreach (var (name, parameter) in PTuningNames.Zip(adapter.Parameters()))
            Expect.CloseInShare(names[name], parameter.grad!, GradientShare, name, floor: 1e-3);
    }

    [Theory, InlineData("qwen2_prompt_tuning"), InlineData("qwen2_prefix_tuning"), InlineData("qwen2_p_tuning")]
    public void Files_have_PEFTs_tensors_and_keys(string name)
    {
        var golden = new Qwen2Golden(name);
        using var model = Qwen2Golden.Model();
        using var adapter = Attach(name, model, golden);
        using var folder = new TemporaryFolder();
        adapter.Save(folder.Path, taskType: "CAUSAL_LM");

        using var theirs = SafetensorsFile.Open(Path.Combine(golden.AdapterFolder, "adapter_model.safetensors"));
        using var ours = SafetensorsFile.Open(Path.Combine(folder.Path, "adapter_model.safetensors"));
        Expect.Close(theirs.Read("prompt_embeddings"), ours.Read("prompt_embeddings"), OutputTolerance);
        var written = Config(folder.Path);
        var expected = Config(golden.AdapterFolder);
        string[] own = ["auto_mapping", "base_model_name_or_path", "peft_version", "revision"];
        foreach (var (key, value) in expected.Where(entry => !own.Contains(entry.Key)))
        {
            // PEFT copies these two from the base model's config; prompt tuning and P-tuning don't use them.
            if (name == "qwen2_prefix_tuning" || key is not ("num_attention_heads" or "num_layers") || written[key].ValueKind != JsonValueKind.Null)
                Assert.Equal(TextOf(value), TextOf(written[key]));
        }

        Assert.Empty(written.Keys.Except(expected.Keys));
    }

    [Fact]
    public void A_PEFT_file_of_P_tuning_is_read_by_prompt_tuning()
    {
        var golden = new Qwen2Golden("qwen2_p_tuning");
        using var model = Qwen2Golden.Model();
        using (var adapter = model.AttachPromptTuningForInference(golden.AdapterFolder))
            Expect.Close(golden.Expected("output_active"), Logits(model, golden), OutputTolerance);

        var error = Assert.Throws<InvalidDataException>(() => model.AttachPTuningFrom(golden.AdapterFolder));
        Assert.Contains("tensor prompt_encoder.embedding.weight [4, 64] is missing; PEFT saves the virtual tokens", error.Message, StringComparison.Ordinal);
        Assert.Contains("[PromptTuning]", error.Message, StringComparison.Ordinal);
    }

    private static string[] PTuningNames =>
        ["embedding.weight", "mlp_head.0.weight", "mlp_head.0.bias", "mlp_head.2.weight", "mlp_head.2.bias", "mlp_head.4.weight", "mlp_head.4.bias"];

    private static AdapterBase Attach(string name, Qwen2ForCausalLM model, Qwen2Golden golden)
    {
        if (name == "qwen2_prompt_tuning")
            return model.AttachPromptTuningFrom(golden.AdapterFolder);
        if (name == "qwen2_prefix_tuning")
            return model.AttachPrefixTuningFrom(golden.AdapterFolder);

        // PEFT's file has no encoder.
        var adapter = model.AttachPTuning();
        using var noGrad = no_grad();
        foreach (var (key, parameter) in PTuningNames.Zip(adapter.Parameters()))
            parameter.copy_(golden.Expected(Trained + key));
        return adapter;
    }

    // Python writes 0.0.
    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.Number ? $"{value.GetDouble()}" : value.ToString();

    private static Dictionary<string, JsonElement> Config(string folder)
    {
        return JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "adapter_config.json"))).RootElement
            .EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value);
    }

    private static Tensor Logits(Qwen2ForCausalLM model, Qwen2Golden golden) => model.call(golden.Ids, golden.AttentionMask, null, null);
}
