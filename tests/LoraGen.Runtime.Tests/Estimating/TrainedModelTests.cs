using LoraGen.Runtime.Tests.Memory;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Estimating;

/// <summary>The estimate against what training really makes, and what it leaves.</summary>
public sealed class TrainedModelTests
{
    // The table's, the floors', the head's and the sites'.
    private const int ParametersMade = 1 + (3 * 5) + 2 + 12;

    [Fact]
    public void Weights_and_gradients_are_those_of_a_trained_model()
    {
        using var scope = NewDisposeScope();
        using var model = new Tower(3);
        Train(model, model.parameters());

        var row = TowerLora.EstimateMemory(3, 1, 4)[TrainingMode.Full32];
        Assert.Equal(model.parameters().Sum(Bytes), row.Weights);
        Assert.Equal(model.parameters().Sum(parameter => Bytes(parameter.grad!)), row.Gradients);
    }

    [Fact]
    public void Gradients_are_those_of_a_trained_adapter()
    {
        using var scope = NewDisposeScope();
        using var model = new Tower(3);
        using var lora = model.AttachLora();
        Train(model, lora.Parameters());

        var row = TowerLora.EstimateMemory(3, 1, 4)[TrainingMode.Lora32];
        Assert.Equal(model.parameters().Concat(lora.Parameters()).Sum(Bytes), row.Weights);
        Assert.Equal(lora.Parameters().Sum(parameter => Bytes(parameter.grad!)), row.Gradients);
    }

    [Fact]
    public void What_trains_beside_the_sites_has_a_second_set_of_values()
    {
        using var model = new Toy();
        using var saved = model.AttachSavedLora();
        var row = ToySavedLora.EstimateMemory(1, 1)[TrainingMode.Lora32];

        Assert.Equal(saved.Parameters().Sum(Bytes), row.Gradients);
        Assert.Equal(model.parameters().Concat(saved.Parameters()).Sum(Bytes), row.Weights);
    }

    [Theory]
    [InlineData(TrainingMode.Lora8, Quantization.Int8)]
    [InlineData(TrainingMode.Lora4, Quantization.Nf4)]
    [InlineData(TrainingMode.Lora2, Quantization.Nf2)]
    public void Weights_of_a_quantised_base_are_those_of_a_quantised_model(TrainingMode mode, Quantization format)
    {
        using var model = new Tower(3);
        var report = model.Quantize(new BaseQuantization(format) { Exclude = ["head"] });
        using var lora = model.AttachLora();

        var floats = model.parameters().Where(parameter => !parameter.isnan().all().item<bool>());
        var row = TowerLora.EstimateMemory(3, 1, 4, new MemoryOptions { QuantizedWithFloat32 = true })[mode];
        Assert.Equal(report.Bytes + floats.Concat(lora.Parameters()).Sum(Bytes), row.Weights);
    }

    [Fact]
    public void Nothing_is_left()
    {
        random.manual_seed(3);
        using var state = random.get_rng_state();
        using var scope = NewDisposeScope();
        var left = LiveTensors.LeftBy(() => TowerLora.EstimateMemory(3, 1, 4), 10, ParametersMade);

        Assert.Equal(0, left);
        Assert.Equal(0, scope.DisposablesCount);
        Assert.Equal(TorchSharp.DeviceType.CPU, get_default_device().type);
        using var after = random.get_rng_state();
        Assert.True(state.Equals(after));
    }

    private static void Train(nn.Module<Tensor, Tensor> model, IEnumerable<TorchSharp.Modules.Parameter> parameters)
    {
        using var optimizer = optim.AdamW(parameters);
        var ids = tensor(new long[] { 1, 2, 3, 4 }).unsqueeze(0);
        nn.functional.cross_entropy(model.call(ids).flatten(0, 1), ids.flatten()).backward();
        optimizer.step();
    }

    private static long Bytes(Tensor tensor) => tensor.numel() * tensor.ElementSize;
}
