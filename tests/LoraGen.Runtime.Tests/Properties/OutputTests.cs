using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Properties;

/// <summary>What an adapter makes of its model's output.</summary>
public sealed class OutputTests
{
    public static TheoryData<int, long[]> Cases => Shapes.All;

    [Theory, MemberData(nameof(Cases))]
    public void With_B_zero_it_is_the_base_models_bit_for_bit(int seed, long[] shape)
    {
        using var model = Make.Model(() => new Perceptron(), seed);
        var input = Make.Normal(seed, shape);
        var before = model.forward(input);
        using var lora = model.AttachLora();

        Expect.SameBits(before, model.forward(input));
        using (no_grad())
            Expect.SameBits(before, model.forward(input));
    }

    [Theory, MemberData(nameof(Cases))]
    public void It_is_the_papers(int seed, long[] shape)
    {
        using var model = Make.Model(() => new Perceptron(), seed);
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(seed, shape);

        var expected = Reference.Output(lora.Down, Reference.Output(lora.Up, input).tanh());
        Expect.Close(expected, model.forward(input));
        Expect.Close(expected, model.call(input));
    }

    [Theory, MemberData(nameof(Cases))]
    public void It_is_the_same_without_gradients(int seed, long[] shape)
    {
        using var model = Make.Model(() => new Perceptron(), seed);
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(seed, shape);
        var expected = model.forward(input);

        using (no_grad())
            Expect.Close(expected, model.forward(input), 1e-6);
        using (inference_mode())
            Expect.Close(expected, model.forward(input), 1e-6);
    }

    [Fact]
    public void It_is_right_for_inputs_that_are_not_contiguous()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 6, 3, 2).permute(2, 1, 0);

        Assert.False(input.is_contiguous());
        var expected = model.forward(input.contiguous());
        Expect.Close(expected, model.forward(input));
        using (no_grad())
            Expect.Close(expected, model.forward(input));
    }

    [Fact]
    public void It_is_right_for_a_layer_without_bias()
    {
        using var model = Make.Model(() => new Perceptron(6, 8, 4, hasBias: false));
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 5, 6);

        Expect.Close(Reference.Output(lora.Down, Reference.Output(lora.Up, input).tanh()), model.forward(input));
    }

    [Fact]
    public void Inputs_are_left_alone()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(3, 5, 6);
        var copy = input.clone();

        using (no_grad())
            model.forward(input);
        Expect.SameBits(copy, input);
    }
}
