using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Quantized;

/// <summary>Training on a quantised base against training on the float one.</summary>
public class QuantizedTrainingTests
{
    [Theory]
    [InlineData(Quantization.Nf4, 0.02)]
    [InlineData(Quantization.Int8, 0.005)]
    public void The_loss_is_near_that_of_the_float_base(Quantization format, double tolerance)
    {
        var expected = Train(null);
        var actual = Train(new BaseQuantization(format));
        Assert.True(expected.Last < 0.5 * expected.First, $"{expected.First} to {expected.Last}");
        Assert.InRange(actual.Last, expected.Last - (tolerance * expected.First), expected.Last + (tolerance * expected.First));
    }

    private static (double First, double Last) Train(BaseQuantization? quantization)
    {
        using var model = Make.Model(() => new QuantizedModel());
        using var lora = model.AttachPlainLora(quantization: quantization);
        using var optimizer = optim.AdamW(lora.Parameters(), 5e-3);
        var (input, target) = (Make.Normal(2, 64, 40), Make.Normal(3, 64, 9).mul(0.2));
        double first = 0;
        double last = 0;
        for (var step = 0; step < 200; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(model.forward(input), target);
            loss.backward();
            optimizer.step();
            (first, last) = (step == 0 ? loss.item<float>() : first, loss.item<float>());
        }

        return (first, last);
    }
}
