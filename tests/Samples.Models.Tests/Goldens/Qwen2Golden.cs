using LoraGen;
using Models.Qwen2;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Goldens;

/// <summary>One folder of numbers that transformers and PEFT computed with a small Qwen2; see the README beside it.</summary>
internal sealed class Qwen2Golden(string name) : GoldenFolder(name, CPU)
{
    public static string BaseWeights => Path.Combine(Goldens, "qwen2_base.safetensors");

    public static string BaseConfig => Path.Combine(Goldens, "qwen2_config.json");

    public Tensor Ids => Inputs["input_ids"];

    public Tensor AttentionMask => Inputs["attention_mask"];

    public ParameterCount ParameterCount => new(Count("trainable"), Count("total"));

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
}
