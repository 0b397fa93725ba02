using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Goldens;

/// <summary>Some steps of AdamW from PEFT's start to PEFT's end.</summary>
public sealed class TrainingGoldenTests
{
    [Fact]
    public void Losses_and_the_trained_adapter_are_PEFTs()
    {
        var golden = new GoldenCase("train_lora_adamw");
        using var model = golden.Model();
        using var lora = model.AttachLora();
        lora.Load(golden.AdapterFolder + "_init");
        var optimizer = optim.AdamW(lora.Parameters(), lr: 0.01, weight_decay: 0.01);

        var losses = new List<double>();
        for (var step = 0; step < golden.Losses.Count; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(model.forward(golden.Input), golden.Expected("target"));
            loss.backward();
            optimizer.step();
            losses.Add(loss.item<float>());
        }

        Assert.All(golden.Losses.Zip(losses), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        using (no_grad())
            Expect.Close(golden.Expected("output_active"), model.forward(golden.Input), 1e-4);
        using var trained = SafetensorsFile.Open(Path.Combine(golden.AdapterFolder, "adapter_model.safetensors"));
        foreach (var tensor in trained.Tensors)
            Expect.Close(trained.Read(tensor.Name, TestDevice.Device), GoldenCase.Parameter(lora, tensor.Name), 1e-4, tensor.Name);
    }
}
