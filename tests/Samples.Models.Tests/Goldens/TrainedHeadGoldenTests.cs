using LoraGen;
using Models.Qwen2;
using static TorchSharp.torch;

namespace Samples.Models.Tests.Goldens;

/// <summary>Qwen2 with an adapter and a head that is trained as a whole, against PEFT.</summary>
public sealed class TrainedHeadGoldenTests : IDisposable
{
    private const string Head = "lm_head.weight";

    private readonly Qwen2Golden _golden = new("qwen2_lora_lmhead_saved");
    private readonly TemporaryFolder _folder = new();
    private readonly Qwen2WithTrainedHead _model;

    public TrainedHeadGoldenTests()
    {
        Qwen2Golden.WriteCheckpoint(_folder.Path);
        _model = new Qwen2WithTrainedHead(Qwen2Config.Read(_folder.Path));
        _model.LoadCheckpoint(_folder.Path);
        _model.eval();
    }

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Logits_are_PEFTs()
    {
        using var lora = _model.AttachLoraFrom(_golden.AdapterFolder);
        Expect.Close(_golden.Expected("output_active"), Logits(), 2e-5);

        lora.IsActive = false;
        Expect.Close(_golden.Expected("output_disabled"), Logits(), 2e-5);
    }

    [Fact]
    public void Gradients_are_PEFTs()
    {
        using var lora = _model.AttachLoraFrom(_golden.AdapterFolder);
        var loss = Logits().pow(2).mean();
        loss.backward();

        Assert.Equal(_golden.Loss, loss.item<float>(), 1e-5);
        Assert.Equal(lora.Parameters().Count, _golden.Group("grad.").Count());
        foreach (var (key, expected) in _golden.Group("grad."))
        {
            var parameter = key.EndsWith(Head, StringComparison.Ordinal) ? lora.Parameters()[^1] : Qwen2Golden.Parameter(lora, key);
            Expect.CloseInShare(expected, parameter.grad!, 1e-4, key, floor: 1e-3);
        }
    }

    [Fact]
    public void Merged_weights_are_PEFTs()
    {
        var lora = _model.AttachLoraFrom(_golden.AdapterFolder);
        lora.MergeAndUnload();

        var state = _model.state_dict();
        foreach (var (weight, expected) in _golden.Group("merged."))
            Expect.Close(expected, state[weight], 2e-5, weight);
        Expect.Close(_golden.Expected("output_merged"), Logits(), 2e-5);
    }

    [Fact]
    public void Counts_are_PEFTs()
    {
        using var lora = _model.AttachLora();
        Assert.Equal(_golden.ParameterCount, lora.ParameterCount);
    }

    [Fact]
    public void What_PEFT_wrote_is_written_again()
    {
        using (var lora = _model.AttachLoraFrom(_golden.AdapterFolder))
            lora.Save(Path.Combine(_folder.Path, "again"));

        using var written = SafetensorsFile.Open(Path.Combine(_folder.Path, "again", "adapter_model.safetensors"));
        using var original = SafetensorsFile.Open(Path.Combine(_golden.AdapterFolder, "adapter_model.safetensors"));
        Assert.Equal(original.Tensors.Select(tensor => tensor.Name).Order(), written.Tensors.Select(tensor => tensor.Name).Order());
        foreach (var tensor in original.Tensors)
            Expect.Close(original.Read(tensor.Name), written.Read(tensor.Name), 0, tensor.Name);
    }

    private Tensor Logits() => _model.call(_golden.Ids, _golden.AttentionMask);
}
