using LoraGen.Runtime.Tests.Goldens;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Formats;

/// <summary>PEFT writes the frozen weight too where an embedding is targeted by a usual name: <c>{path}.base_layer.weight</c>.</summary>
public sealed class PeftBaseWeightTests : IDisposable
{
    private const string Key = "base_model.model.emb.base_layer.weight";

    private readonly TemporaryFolder _folder = new();
    private readonly GoldenCase _golden = new("emb_lora");
    private readonly ToyEmb _model;

    public PeftBaseWeightTests() => _model = _golden.Model(() => new ToyEmb());

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Theory, InlineData(ScalarType.Float32), InlineData(ScalarType.BFloat16), InlineData(ScalarType.Float64)]
    public void The_models_own_keys_are_accepted_and_not_written_again(ScalarType dtype)
    {
        Write(Key, Weight().to(dtype));
        using var lora = _model.AttachLoraFrom(_folder.Path);
        Expect.Close(_golden.Expected("output_active"), _model.forward(_golden.Input), 2e-5);

        lora.Save(_folder.Path);
        using var file = SafetensorsFile.Open(_folder["adapter_model.safetensors"]);
        Assert.False(file.Contains(Key));
    }

    [Fact]
    public void Another_weight_is_a_fault()
    {
        var changed = Weight();
        changed[3, 5] += 0.5;
        Write(Key, changed);
        Assert.Contains(
            $"- tensor {Key} differs from the model's weight: the adapter was trained with a changed base, so load that weight into the model first",
            Fault(),
            StringComparison.Ordinal);

        // A table that was enlarged.
        Write(Key, zeros(60, Toy.Width));
        Assert.Contains($"- tensor {Key} differs from the model's weight", Fault(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_weight_of_a_layer_that_is_not_adapted_is_unexpected()
    {
        const string Other = "base_model.model.layers.0.attn.k_proj.base_layer.weight";
        Write(Other, zeros(1, 1));
        Assert.Contains($"- tensor {Other} is unexpected", Fault(), StringComparison.Ordinal);
    }

    private Tensor Weight() => _model.state_dict()["emb.weight"].detach().clone();

    private string Fault()
    {
        var before = ModelState.Of(_model);
        var fault = Assert.Throws<InvalidDataException>(() => _model.AttachLoraFrom(_folder.Path));
        Assert.Equal(before, ModelState.Of(_model));
        return fault.Message;
    }

    // PEFT's own folder with one more tensor.
    private void Write(string key, Tensor weight)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Goldens", "emb_lora", "adapter");
        File.Copy(Path.Combine(source, "adapter_config.json"), _folder["adapter_config.json"], overwrite: true);
        using var file = SafetensorsFile.Open(Path.Combine(source, "adapter_model.safetensors"));
        var tensors = file.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, file.Read(tensor.Name))).Append(KeyValuePair.Create(key, weight));
        SafetensorsWriter.Write(_folder["adapter_model.safetensors"], tensors, file.Metadata);
    }
}
