using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>Quantised models in files.</summary>
public class QuantizedCheckpointTests
{
    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void A_checkpoint_is_quantised_while_it_is_read(ScalarType type)
    {
        using var folder = new TemporaryFolder();
        using var original = Make.Model(() => new QuantizedModel(), dtype: type);
        original.SaveCheckpoint(folder.Path);
        var expected = original.Quantize(Quantization.Nf4);

        using var model = Checkpoint.Load(
            () => new QuantizedModel(), folder.Path, out var report, type, TestDevice.Device, quantization: new BaseQuantization(Quantization.Nf4));
        Assert.Equal(expected.Layers, report.Quantization!.Layers);
        Assert.Empty(report.Quantization.Skipped);
        var input = Make.Normal(2, 3, 40).to(type);
        Expect.SameBits(original.forward(input).detach(), model.forward(input).detach());
        Assert.All(model.state_dict().Values, tensor => Assert.Equal(type, tensor.dtype));
    }

    [Fact]
    public void Tied_weights_stay_float_while_they_are_read()
    {
        using var folder = new TemporaryFolder();
        using var original = Make.Model(() => new TiedModel());
        original.SaveCheckpoint(folder.Path);
        using var model = Checkpoint.Load(() => new TiedModel(), folder.Path, out var report, quantization: new BaseQuantization(Quantization.Nf4));
        Assert.Equal("hidden", Assert.Single(report.Quantization!.Layers).Path);
        Assert.Equal("head", Assert.Single(report.Quantization.Skipped).Path);
    }

    [Fact]
    public void Saving_restores_the_weights()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new QuantizedModel());
        model.Quantize(Quantization.Nf4);
        model.SaveCheckpoint(folder.Path);
        using var loaded = Checkpoint.Load(() => new QuantizedModel(), folder.Path, device: TestDevice.Device);
        var input = Make.Normal(3, 3, 40);
        Expect.Close(model.forward(input), loaded.forward(input), 2e-6);

        // What was quantised once gives the same weights when it is quantised again with plain scales.
        using var again = Make.Model(() => new QuantizedModel());
        var options = new BaseQuantization(Quantization.Nf4) { DoubleQuantization = false };
        again.Quantize(options);
        again.SaveCheckpoint(folder.Path);
        using var twice = Checkpoint.Load(() => new QuantizedModel(), folder.Path, device: TestDevice.Device, quantization: options);
        Expect.Close(again.forward(input), twice.forward(input), 2e-6);
    }

    [Fact]
    public void Nothing_is_loaded_into_a_quantised_model()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new QuantizedModel());
        model.SaveCheckpoint(folder.Path);
        model.Quantize(Quantization.Nf4);
        var error = Assert.Throws<InvalidOperationException>(() => model.LoadCheckpoint(folder.Path));
        Assert.StartsWith("first: the weight is quantised, so nothing can be loaded into it.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_adapter_is_saved_from_a_quantised_base_and_loaded_onto_a_float_one()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new QuantizedModel());
        using var lora = Make.Trained(model.AttachLora());
        lora.Save(folder.Path);

        using var other = Make.Model(() => new QuantizedModel());
        using var plain = other.AttachPlainLoraFrom(folder.Path, "default");
        Expect.SameBits(lora.Sites[0].Own[0], plain.Sites[0].Own[0]);
        Assert.Equal("Nf4, blocks of 64, double quantisation", plain.LoadReport!.BaseQuantization);
    }

    [Fact]
    public void Attaching_from_a_folder_quantises_first()
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new QuantizedModel());
        var input = Make.Normal(4, 3, 40);
        Tensor active;
        using (var lora = Make.Trained(model.AttachLora()))
        {
            active = model.forward(input).detach();
            lora.Save(folder.Path);
        }

        using var fresh = Make.Model(() => new QuantizedModel());
        using var loaded = fresh.AttachLoraForInference(folder.Path);
        Expect.SameBits(active, fresh.forward(input).detach());

        using var third = Make.Model(() => new QuantizedModel());
        using var whole = third.AttachPlainLora(quantization: new BaseQuantization(Quantization.Int8) { Targets = ["second"] });
        Assert.False(third.first.weight!.isnan().any().item<bool>());
        Assert.True(third.second.weight!.isnan().all().item<bool>());
    }
}
