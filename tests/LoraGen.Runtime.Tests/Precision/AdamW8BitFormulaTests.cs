using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Precision;

/// <summary>8-bit AdamW computes AdamW's step with moments that were stored in 8 bits.</summary>
public sealed class AdamW8BitFormulaTests
{
    private const double Rate = 0.01;

    [Theory, InlineData(0.0), InlineData(0.1)]
    public void It_is_AdamW_with_stored_moments(double decay)
    {
        using var weight = new Parameter(Make.Normal(1, 65, 80));
        var reference = new EightBitAdamReference(Doubles(weight), Rate, decay);
        var exact = new Parameter(weight.detach().to(ScalarType.Float64));
        using var optimizer = new AdamW8Bit([weight], Rate, weightDecay: decay);
        using var adam = optim.AdamW([exact], lr: Rate, beta2: 0.999, weight_decay: decay);
        for (var step = 0; step < 25; step++)
        {
            weight.grad = Make.Normal(100 + step, 65, 80) * 0.01;
            exact.grad = weight.grad!.to(ScalarType.Float64);
            reference.Step(Doubles(weight.grad!));
            optimizer.step();
            adam.step();

            // A value beside the middle of two numbers can be rounded otherwise in float32, which changes a step of a single element.
            var gaps = Doubles(weight).Zip(reference.Weight, (actual, expected) => Math.Abs(actual - expected)).ToArray();
            Assert.True(gaps.Count(gap => gap > 1e-5) <= 5, $"Step {step}: {gaps.Count(gap => gap > 1e-5)} of {gaps.Length}, {gaps.Max()}");
            Assert.True(gaps.Max() < 2 * Rate, $"Step {step}: {gaps.Max()}");
        }

        // What the reference is compared with would also fit AdamW otherwise.
        Assert.True(Doubles(weight).Zip(Doubles(exact)).Count(pair => Math.Abs(pair.First - pair.Second) > 1e-4) > 1000);
    }

    [Fact]
    public void GaLore_has_them_in_its_projection()
    {
        // The projection of the first gradient is kept, so that GaLore is AdamW of a matrix [16, 300] within it.
        var start = Make.Normal(1, 40, 300);
        using var weight = new Parameter(start.clone());
        var gradients = Enumerable.Range(0, 25).Select(step => Make.Normal(100 + step, 40, 300) * 0.01).ToArray();
        var (u, _, _) = linalg.svd(gradients[0], fullMatrices: false);
        var projection = u.narrow(1, 0, 16);
        var reference = new EightBitAdamReference(new double[16 * 300], Rate);
        using var optimizer = new GaLore([weight], rank: 16, Rate, updateInterval: 100, scale: 0.5, moments: MomentPrecision.EightBit);
        foreach (var gradient in gradients)
        {
            weight.grad = gradient.clone();
            reference.Step(Doubles(projection.t().matmul(gradient)));
            optimizer.step();
        }

        var expected = start + (projection.matmul(tensor(reference.Weight).to(ScalarType.Float32).view(16, 300).to(TestDevice.Device)) * 0.5);
        var gaps = (weight - expected).detach().abs();
        Assert.True(gaps.gt(1e-4).sum().item<long>() < 400, $"{gaps.gt(1e-4).sum().item<long>()}");
        Assert.True(gaps.mean().item<float>() < 1e-5, $"{gaps.mean().item<float>()}");
        Expect.Differ(start, weight, 0.01);
    }

    [Theory]
    [InlineData(4096, ScalarType.Float32, 2 * (4096 + (16 * 4)))]
    [InlineData(5000, ScalarType.Float32, 2 * (5000 + (20 * 4)))]
    [InlineData(5000, ScalarType.BFloat16, 2 * (5000 + (20 * 4)))]
    [InlineData(4095, ScalarType.Float32, 2 * 4095 * 4)]
    [InlineData(5000, ScalarType.Float64, 2 * 5000 * 8)]
    public void Large_moments_take_a_byte_and_a_scale_for_256(long count, ScalarType type, long bytes)
    {
        using var weight = new Parameter(Make.Normal(1, count).to(type));
        using var optimizer = new AdamW8Bit([weight]);
        Assert.Equal(0, optimizer.StateBytes);
        weight.grad = ones_like(weight);
        optimizer.step();
        Assert.Equal(bytes, optimizer.StateBytes);
    }

    [Fact]
    public void Small_moments_and_groups_with_full_ones_are_AdamW()
    {
        Parameter[] Made() => [new(Make.Normal(1, 40, 100)), new(Make.Normal(2, 80, 100)), new(Make.Normal(3, 80, 100))];

        var (ours, theirs) = (Made(), Made());
        AdamW8BitGroup[] groups = [new(ours[..1]), new(ours[1..2], learningRate: 0.02, moments: MomentPrecision.Full), new(ours[2..], weightDecay: 0)];
        using var optimizer = new AdamW8Bit(groups, Rate, weightDecay: 0.1);
        AdamW.ParamGroup[] own = [new(theirs[..1], Rate, weight_decay: 0.1), new(theirs[1..], 0.02, weight_decay: 0.1)];
        using var adam = optim.AdamW(own, beta2: 0.999);
        for (var step = 0; step < 20; step++)
        {
            foreach (var (one, other) in ours.Zip(theirs))
            {
                one.grad = Make.Normal(10 + step, one.shape);
                other.grad = one.grad!.clone();
            }

            optimizer.step();
            adam.step();
        }

        Expect.Close(theirs[0], ours[0], 1e-5);
        Expect.Close(theirs[1], ours[1], 1e-5);
        Expect.Differ(theirs[2], ours[2]);
    }

    private static double[] Doubles(Tensor tensor) => tensor.detach().to(ScalarType.Float64).cpu().contiguous().view(-1).data<double>().ToArray();
}
