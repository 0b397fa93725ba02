using System.Text.Json;
using System.Text.Json.Nodes;
using LoraGen.Runtime.Tests.Formats;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>Twelve steps of AdaLoRA from PEFT's start to PEFT's end, with the ranks that are taken away in between.</summary>
public sealed class AdaLoraGoldenTests : IDisposable
{
    // The model was wrapped in another one that computes the loss.
    private const string Wrapper = "model.";

    private readonly GoldenCase _golden = new("train_adalora");
    private readonly TemporaryFolder _start = new();
    private readonly TemporaryFolder _end = new();
    private readonly Toy _model;

    public AdaLoraGoldenTests()
    {
        _model = _golden.Model(() => new Toy(), Wrapper);
        Unwrap(_golden.AdapterFolder + "_init", _start);
        Unwrap(_golden.AdapterFolder, _end);
    }

    public void Dispose()
    {
        _start.Dispose();
        _end.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void Each_step_is_PEFTs()
    {
        using var lora = _model.AttachTrainedAdaLoraFrom(_start.Path, "default");
        using var optimizer = lora.Optimizer(parameters => optim.SGD(parameters, 0.05));
        using var facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(_golden.AdapterFolder, "..", "expected.json")));
        var expected = facts.RootElement.GetProperty("lora_E_after_each_step");
        for (var step = 0; step < _golden.Losses.Count; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(_model.forward(_golden.Input), _golden.Expected("target"));
            loss.backward();
            optimizer.step();
            Assert.Equal(_golden.Losses[step], loss.item<float>(), 1e-5);
            foreach (var site in lora.Sites.Cast<AdaLoraSite>())
            {
                var values = expected[step].GetProperty($"base_model.model.{Wrapper}{site.Path}.lora_E.default").EnumerateArray();
                Expect.Close(tensor(values.Select(value => value.GetSingle()).ToArray(), device: TestDevice.Device).view(-1, 1), site.E, 1e-6);
            }
        }

        Assert.Equal([3, 4, 2, 3], lora.Sites.Cast<AdaLoraSite>().Select(site => site.Rank));
        using (no_grad())
            Expect.Close(_golden.Expected("output_active"), _model.forward(_golden.Input), 1e-4);
        AssertSavedAs(_end.Path, lora, 1e-4);
    }

    [Fact]
    public void What_PEFT_left_is_read_and_written_again()
    {
        using var lora = _model.AttachTrainedAdaLoraFrom(_end.Path, "default");
        Assert.Equal([3, 4, 2, 3], lora.Sites.Cast<AdaLoraSite>().Select(site => site.Rank));
        Expect.Close(_golden.Expected("output_active"), _model.forward(_golden.Input), 2e-5);
        AssertSavedAs(_end.Path, lora, 0);
        lora.Merge();
        Expect.Close(_golden.Expected("output_active"), _model.forward(_golden.Input), 2e-5);
    }

    private static void AssertSavedAs(string folder, Adapter lora, double tolerance)
    {
        using var saved = new TemporaryFolder();
        lora.Save(saved.Path);
        using var theirs = SafetensorsFile.Open(Path.Combine(folder, "adapter_model.safetensors"));
        using var ours = SafetensorsFile.Open(saved["adapter_model.safetensors"]);
        Assert.Equal(theirs.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal), ours.Tensors.Select(tensor => tensor.Name));
        foreach (var entry in theirs.Tensors)
            Expect.Close(theirs.Read(entry.Name), ours.Read(entry.Name), tolerance, entry.Name);
        var (read, written) = (PeftGoldenTests.Config(folder), PeftGoldenTests.Config(saved.Path));
        foreach (var key in new[] { "rank_pattern", "init_r", "target_r", "tinit", "tfinal", "deltaT", "beta1", "beta2", "orth_reg_weight", "total_step", "r" })
            Assert.Equal(read[key]!.ToJsonString(), written[key]!.ToJsonString());
    }

    private static void Unwrap(string folder, TemporaryFolder unwrapped)
    {
        var config = PeftGoldenTests.Config(folder);
        if (config["rank_pattern"] is JsonObject pattern)
        {
            config["rank_pattern"] = new JsonObject(pattern.Select(entry => KeyValuePair.Create(entry.Key[Wrapper.Length..], entry.Value?.DeepClone())));
        }

        File.WriteAllText(unwrapped["adapter_config.json"], config.ToJsonString());
        using var file = SafetensorsFile.Open(Path.Combine(folder, "adapter_model.safetensors"));
        var tensors = file.Tensors.ToDictionary(
            entry => entry.Name.Replace(".model.model.", ".model.", StringComparison.Ordinal), entry => file.Read(entry.Name), StringComparer.Ordinal);
        SafetensorsWriter.Write(unwrapped["adapter_model.safetensors"], tensors, new Dictionary<string, string> { ["format"] = "pt" });
    }
}
