using LoraGen;
using Models.Qwen2;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Goldens;

/// <summary>Qwen2 with an adapter against transformers and PEFT.</summary>
public sealed class Qwen2GoldenTests
{
    private const double OutputTolerance = 2e-5;
    private const double GradientShare = 1e-4;

    public static TheoryData<string> Cases => ["qwen2_lora", "qwen2_rslora", "qwen2_lora_leftpad", "qwen2_lora_layers"];

    [Theory, MemberData(nameof(Cases))]
    public void Logits_are_PEFTs(string name)
    {
        var golden = new Qwen2Golden(name);
        using var model = Qwen2Golden.Model();
        using var lora = Attach(name, model, golden.AdapterFolder);

        Expect.Close(golden.Expected("output_active"), Logits(model, golden), OutputTolerance);
        using (no_grad())
            Expect.Close(golden.Expected("output_active"), Logits(model, golden), OutputTolerance);

        lora.IsActive = false;
        Expect.Close(golden.Expected("output_disabled"), Logits(model, golden), OutputTolerance);
    }

    [Fact]
    public void Logits_for_inference_are_PEFTs()
    {
        var golden = new Qwen2Golden("qwen2_lora");
        using var model = Qwen2Golden.Model();
        using var lora = model.AttachLoraForInference(golden.AdapterFolder);

        Expect.Close(golden.Expected("output_active"), Logits(model, golden), OutputTolerance);
        lora.Merge();
        Expect.Close(golden.Expected("output_merged"), Logits(model, golden), OutputTolerance);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Merged_weights_are_PEFTs(string name)
    {
        var golden = new Qwen2Golden(name);
        using var model = Qwen2Golden.Model();
        using var lora = Attach(name, model, golden.AdapterFolder);
        lora.Merge();

        var state = model.state_dict();
        Assert.Equal(lora.Sites.Count, golden.Group("merged.").Count());
        foreach (var (weight, expected) in golden.Group("merged."))
            Expect.Close(expected, state[weight], OutputTolerance, weight);
        Expect.Close(golden.Expected("output_merged"), Logits(model, golden), OutputTolerance);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Gradients_are_PEFTs(string name)
    {
        var golden = new Qwen2Golden(name);
        using var model = Qwen2Golden.Model();
        using var lora = Attach(name, model, golden.AdapterFolder);

        var loss = Logits(model, golden).to(ScalarType.Float32).pow(2).mean();
        loss.backward();

        Assert.Equal(golden.Loss, loss.item<float>(), 1e-5);
        Assert.Equal(((IParameterSource)lora).Parameters().Count, golden.Group("grad.").Count());
        foreach (var (key, expected) in golden.Group("grad."))
            Expect.CloseInShare(expected, Qwen2Golden.Parameter(lora, key).grad!, GradientShare, key, floor: 1e-3);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Counts_are_PEFTs(string name)
    {
        var golden = new Qwen2Golden(name);
        using var model = Qwen2Golden.Model();
        using var lora = Attach(name, model, golden.AdapterFolder);

        Assert.Equal(golden.ParameterCount, lora.ParameterCount);
    }

    private static Tensor Logits(Qwen2ForCausalLM model, Qwen2Golden golden) => model.call(golden.Ids, golden.AttentionMask, null, null);

    private static Adapter Attach(string name, Qwen2ForCausalLM model, string folder)
    {
        return name switch
        {
            "qwen2_rslora" => model.AttachRsLoraFrom(folder, "default"),
            "qwen2_lora_layers" => model.AttachLastLayerLoraFrom(folder, "default"),
            _ => model.AttachLoraFrom(folder),
        };
    }
}
