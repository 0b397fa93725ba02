using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Training;

/// <summary>An adapter that is attached in inference mode can be trained.</summary>
public sealed class InferenceModeTests
{
    [Theory, InlineData("attached"), InlineData("loaded"), InlineData("moved")]
    public void Its_parameters_get_gradients_outside(string how)
    {
        using var folder = new TemporaryFolder();
        using var model = Make.Model(() => new Perceptron());
        using (var saved = Make.Trained(model.AttachLora()))
            saved.Save(folder.Path);

        PerceptronLora lora;
        using (inference_mode())
        {
            lora = how == "loaded" ? model.AttachLoraFrom(folder.Path) : model.AttachLora();
            if (how == "moved")
                lora.To(ScalarType.Float64);
        }

        using var input = Make.Normal(3, 5, 6).to(how == "moved" ? ScalarType.Float64 : ScalarType.Float32);
        if (how == "moved")
            model.to(ScalarType.Float64);
        var optimizer = optim.AdamW(lora.Parameters(), lr: 0.1);
        var before = lora.Up.B.detach().clone();
        model.call(input).pow(2).mean().backward();
        optimizer.step();
        Expect.Differ(before, lora.Up.B);
        lora.Dispose();
    }

    [Fact]
    public void A_model_that_was_created_in_it_is_refused_and_unchanged()
    {
        Perceptron model;
        using (inference_mode())
            model = new Perceptron();

        var error = Assert.Throws<InvalidOperationException>(() => model.AttachLora());

        Assert.StartsWith("up.weight was created in inference mode, so PyTorch can neither train through it", error.Message, StringComparison.Ordinal);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
        model.Dispose();
    }
}
