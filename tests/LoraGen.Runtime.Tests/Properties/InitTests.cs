using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Properties;

/// <summary>How A and B start, and the scaling.</summary>
public sealed class InitTests
{
    private const int Inputs = 400;
    private const int Rank = 16;

    private readonly Perceptron _model = Make.Model(() => new Perceptron(Inputs, 500, 4));

    [Fact]
    public void A_is_uniform_within_one_over_the_root_of_its_inputs()
    {
        using var lora = _model.AttachUniformBLora();
        ExpectUniform(lora.Up.A, 1 / Math.Sqrt(Inputs));
    }

    [Fact]
    public void B_is_uniform_within_one_over_the_root_of_the_rank_if_InitB_says_so()
    {
        using var lora = _model.AttachUniformBLora();
        ExpectUniform(lora.Up.B, 1 / Math.Sqrt(Rank));
    }

    [Fact]
    public void B_is_zero_by_default()
    {
        using var lora = _model.AttachGaussianALora();
        Assert.Equal(0, lora.Up.B.abs().max().item<float>());
    }

    [Fact]
    public void Gaussian_has_a_deviation_of_one_over_the_rank()
    {
        using var ofA = _model.AttachGaussianALora();
        ExpectGaussian(ofA.Up.A, 1.0 / Rank);
        using var ofB = _model.AttachGaussianBLora();
        ExpectGaussian(ofB.Up.B, 1.0 / Rank);
        Assert.Equal(0, ofB.Up.A.abs().max().item<float>());
    }

    [Fact]
    public void Sites_start_differently_and_seeds_repeat()
    {
        random.manual_seed(5);
        using var first = _model.AttachLora("first");
        random.manual_seed(5);
        using var second = _model.AttachLora("second");
        using var third = _model.AttachLora("third");

        Expect.SameBits(first.Up.A, second.Up.A);
        Expect.Differ(first.Up.A, third.Up.A);
    }

    [Fact]
    public void Scaling_is_alpha_over_rank_or_over_its_root()
    {
        using var lora = _model.AttachLora();
        using var stabilized = _model.AttachStabilizedLora();
        using var plain = _model.AttachPlainLora();

        Assert.Equal((2, 3.0, 1.5), (lora.Up.Rank, lora.Up.Alpha, lora.Up.Scaling));
        Assert.Equal((4, 6.0, 3.0), (stabilized.Up.Rank, stabilized.Up.Alpha, stabilized.Up.Scaling));
        Assert.Equal((8, 8.0, 1.0), (plain.Up.Rank, plain.Up.Alpha, plain.Up.Scaling));
    }

    [Fact]
    public void Delta_is_the_scaled_product()
    {
        using var stabilized = Make.Trained(_model.AttachStabilizedLora());
        Expect.Close(stabilized.Up.B.matmul(stabilized.Up.A) * 3, stabilized.Up.Delta());
    }

    private static void ExpectUniform(Tensor tensor, double bound)
    {
        var largest = tensor.abs().max().item<float>();
        Assert.InRange(largest, 0.99 * bound, 1.000001 * bound);
        Assert.Equal(bound / Math.Sqrt(3), tensor.std().item<float>(), 0.03 * bound);
        Assert.Equal(0, tensor.mean().item<float>(), 0.03 * bound);
    }

    private static void ExpectGaussian(Tensor tensor, double deviation)
    {
        Assert.Equal(deviation, tensor.std().item<float>(), 0.03 * deviation);
        Assert.Equal(0, tensor.mean().item<float>(), 0.05 * deviation);

        // Two thirds lie within one deviation; of a uniform one of this deviation it would be 58 %.
        Assert.Equal(0.683, tensor.abs().lt(deviation).to(ScalarType.Float32).mean().item<float>(), 0.02);
    }
}
