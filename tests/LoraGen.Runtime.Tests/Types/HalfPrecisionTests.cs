using TorchSharp;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Types;

/// <summary>A base model in 16 bits with adapters in float32.</summary>
public sealed class HalfPrecisionTests
{
    public static TheoryData<ScalarType> Types => [ScalarType.BFloat16, ScalarType.Float16];

    [Theory, MemberData(nameof(Types))]
    public void Delta_is_computed_in_float32_and_rounded_once(ScalarType type)
    {
        using var model = Make.Model(() => new Perceptron(), dtype: type);
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 5, 6).to(type);
        Assert.All(lora.Parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));

        var expected = Reference.Base(lora.Up, input) + Reference.Delta(lora.Up, input.to(ScalarType.Float32)).to(type);
        var output = model.Up.call(input);
        Assert.Equal(type, output.dtype);
        Expect.Close(expected, output, Epsilon(type));
        using (no_grad())
            Expect.SameBits(output, model.Up.call(input));
        Assert.Equal(type, model.forward(input).dtype);
    }

    [Theory, MemberData(nameof(Types))]
    public void Gradients_are_float32(ScalarType type)
    {
        using var model = Make.Model(() => new Perceptron(), dtype: type);
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 5, 6).to(type);
        model.Up.call(input).to(ScalarType.Float32).pow(2).sum().backward();

        var a = lora.Up.A.detach().clone().requires_grad_();
        var b = lora.Up.B.detach().clone().requires_grad_();
        var delta = input.to(ScalarType.Float32).matmul(a.t()).matmul(b.t()) * (Scalar)lora.Up.Scaling;
        (Reference.Base(lora.Up, input).to(ScalarType.Float32) + delta).pow(2).sum().backward();

        Assert.Equal(ScalarType.Float32, lora.Up.A.grad!.dtype);
        Expect.CloseInShare(a.grad!, lora.Up.A.grad!, 0.02);
        Expect.CloseInShare(b.grad!, lora.Up.B.grad!, 0.02);
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Theory, MemberData(nameof(Types))]
    public void Merging_rounds_once(ScalarType type)
    {
        using var model = Make.Model(() => new Perceptron(40, 50, 4), dtype: type);
        using var lora = Make.Trained(model.AttachLora());
        var before = ModelState.BitsOf(model);
        var expected = Reference.Merged(lora.Up);
        var roundedTwice = (model.Up.weight + lora.Up.Delta().to(type)).detach();
        lora.Merge();

        Expect.SameBits(expected, model.Up.weight);
        Assert.NotEqual(Expect.Bytes(roundedTwice), Expect.Bytes(expected));
        lora.Unmerge();
        Assert.Equal(before, ModelState.BitsOf(model));
    }

    [Theory, MemberData(nameof(Types))]
    public void Unloading_rounds_once(ScalarType type)
    {
        using var model = Make.Model(() => new Perceptron(40, 50, 4), dtype: type);
        using var lora = Make.Trained(model.AttachLora());
        var expected = Reference.Merged(lora.Up);
        lora.MergeAndUnload();

        Expect.SameBits(expected, model.Up.weight);
    }

    // Outputs here are smaller than 8; one rounding moves them by no more than this.
    private static double Epsilon(ScalarType type) => type == ScalarType.BFloat16 ? 8.0 / 256 : 8.0 / 2048;
}
