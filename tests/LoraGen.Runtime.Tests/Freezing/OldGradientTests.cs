// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA4002

using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Freezing;

/// <summary>A model that was trained before.</summary>
public sealed class OldGradientTests
{
    [Fact]
    public void An_optimizer_over_the_base_does_not_move_it()
    {
        using var model = Make.Model(() => new Perceptron());
        model.forward(Make.Normal(3, 5, 6)).sum().backward();
        using var optimizer = optim.SGD(model.parameters(), learningRate: 0.1);
        var before = ModelState.Of(model);
        using var lora = model.AttachLora();

        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
        optimizer.step();
        lora.Detach();
        Assert.Equal(before, ModelState.Of(model));
    }
}
