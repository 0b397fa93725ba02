using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Properties;

/// <summary>Where the gradient goes, and that it is the derivative.</summary>
public sealed class GradientTests
{
    public static TheoryData<int, long[]> Cases => new() { { 1, [6] }, { 2, [4, 6] }, { 3, [2, 3, 6] } };

    [Theory, MemberData(nameof(Cases))]
    public void It_reaches_A_and_B_and_nothing_else(int seed, long[] shape)
    {
        using var model = Make.Model(() => new Perceptron(), seed);
        using var lora = Make.Trained(model.AttachLora());

        Loss(model, Make.Normal(seed, shape)).backward();

        Assert.All(lora.Parameters(), parameter => Assert.True(parameter.grad!.abs().sum().item<float>() > 0));
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.All(model.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Theory, MemberData(nameof(Cases))]
    public void It_is_the_finite_difference(int seed, long[] shape)
    {
        using var model = Make.Model(() => new Perceptron(), seed, ScalarType.Float64);
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(seed, shape).to(ScalarType.Float64);

        Loss(model, input).backward();

        foreach (var parameter in lora.Parameters())
            Expect.CloseInShare(FiniteDifference.Of(parameter, () => Loss(model, input)), parameter.grad!, 1e-6);
    }

    [Theory, MemberData(nameof(Cases))]
    public void It_passes_through_to_the_input(int seed, long[] shape)
    {
        using var model = Make.Model(() => new Perceptron(), seed, ScalarType.Float64);
        using var lora = Make.Trained(model.AttachLora());
        var input = Make.Normal(seed, shape).to(ScalarType.Float64).requires_grad_();

        Loss(model, input).backward();

        Expect.CloseInShare(FiniteDifference.Of(input, () => Loss(model, input)), input.grad!, 1e-6);
    }

    [Fact]
    public void With_B_zero_it_reaches_B_first()
    {
        using var model = Make.Model(() => new Perceptron());
        using var lora = model.AttachLora();

        Loss(model, Make.Normal(3, 4, 6)).backward();

        Assert.Equal(0, lora.Up.A.grad!.abs().sum().item<float>());
        Assert.True(lora.Up.B.grad!.abs().sum().item<float>() > 0);
    }

    [Fact]
    public void An_inactive_adapter_gets_none()
    {
        using var model = Make.Model(() => new Perceptron());
        using var resting = Make.Trained(model.AttachLora());
        using var working = Make.Trained(model.AttachUpLora());
        resting.IsActive = false;

        Loss(model, Make.Normal(3, 4, 6)).backward();

        Assert.All(resting.Parameters(), parameter => Assert.Null(parameter.grad));
        Assert.All(working.Parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    private static Tensor Loss(Perceptron model, Tensor input) => model.forward(input).pow(2).sum();
}
