using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>Six steps of LoRA+ from PEFT's start to PEFT's end.</summary>
public sealed class LoraPlusGoldenTests
{
    [Fact]
    public void Losses_and_the_trained_adapter_are_PEFTs()
    {
        var golden = new GoldenCase("train_loraplus");
        using var model = golden.Model();
        using var lora = model.AttachLoraFrom(golden.AdapterFolder + "_init");
        using var optimizer = optim.AdamW(lora.ParameterGroups(learningRate: 1e-3, ratio: 16), weight_decay: 0.01);
        foreach (var expected in golden.Losses)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(model.forward(golden.Input), golden.Expected("target"));
            loss.backward();
            optimizer.step();
            Assert.Equal(expected, loss.item<float>(), 1e-5);
        }

        using (no_grad())
            Expect.Close(golden.Expected("output_active"), model.forward(golden.Input), 1e-4);
        using var trained = SafetensorsFile.Open(Path.Combine(golden.AdapterFolder, "adapter_model.safetensors"));
        foreach (var tensor in trained.Tensors)
            Expect.Close(trained.Read(tensor.Name, TestDevice.Device), GoldenCase.Parameter(lora, tensor.Name), 1e-4, tensor.Name);
    }
}
