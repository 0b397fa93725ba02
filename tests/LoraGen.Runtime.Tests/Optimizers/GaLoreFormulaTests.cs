using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Optimizers;

/// <summary>GaLore computes what its paper says.</summary>
public sealed class GaLoreFormulaTests
{
    private const double Rate = 0.02;

    [Theory]
    [InlineData(5, 9, 2, 7, 0.0)]
    [InlineData(9, 5, 2, 7, 0.1)]
    [InlineData(6, 6, 3, 10, 0.1)]
    [InlineData(4, 7, 4, 1, 0.0)]
    [InlineData(7, 1, 1, 6, 0.0)]
    [InlineData(3, 8, 1, 100, 0.05)]
    public void It_is_the_papers_algorithm(long rows, long columns, int rank, int interval, double decay)
    {
        using var weight = new Parameter(Make.Normal(1, rows, columns).to(ScalarType.Float64));
        var reference = new GaLoreReference(Matrix.Of(weight), rank, interval, scale: 0.5, Rate, decay);
        using var optimizer = new GaLore([weight], rank, Rate, interval, scale: 0.5, weightDecay: decay);

        for (var step = 0; step < 25; step++)
        {
            // It depends on the weight, so that an error of one step is seen in the next.
            weight.grad = Make.Normal(100 + step, rows, columns).to(ScalarType.Float64) + weight.detach();
            reference.Step(Matrix.Of(weight.grad!));
            optimizer.step();
            Expect.Close(reference.Weight.ToTensor(), weight, 1e-11, $"Step {step}");
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-6)]
    [InlineData(ScalarType.BFloat16, 1.0 / 64)]
    [InlineData(ScalarType.Float16, 1.0 / 512)]
    public void It_follows_it_in_narrower_types(ScalarType type, double spacingBelow4)
    {
        using var weight = new Parameter(Make.Normal(1, 6, 9).to(type));
        var reference = new GaLoreReference(Matrix.Of(weight), rank: 2, interval: 8, scale: 0.5, Rate, decay: 0.1);
        using var optimizer = new GaLore([weight], rank: 2, Rate, updateInterval: 8, scale: 0.5, weightDecay: 0.1);

        for (var step = 0; step < 25; step++)
        {
            weight.grad = Make.Normal(100 + step, 6, 9).to(type);
            reference.Step(Matrix.Of(weight.grad!));
            optimizer.step();
            Expect.Close(reference.Weight.ToTensor(), weight, spacingBelow4 / 1.9, $"Step {step}");
            reference.Weight = Matrix.Of(weight);
        }

        Assert.Equal(type, weight.dtype);
    }

    [Fact]
    public void The_projection_has_the_largest_singular_vectors()
    {
        // Of a gradient of rank 2 nothing is lost, so all of the first step is Adam's, in the coordinates of the projection.
        using var weight = new Parameter(zeros([6, 8], ScalarType.Float64, TestDevice.Device));
        var gradient = Make.Normal(2, 6, 2).matmul(Make.Normal(3, 2, 8)).to(ScalarType.Float64);
        using var optimizer = new GaLore([weight], rank: 2, learningRate: 1, scale: 1, epsilon: 1e9);
        weight.grad = gradient;

        // With a large ε the first step is lr·α·P·Pᵀ·G / ε.
        optimizer.step();

        Expect.Close(-gradient / 1e9, weight, 1e-15);
    }

    [Fact]
    public void Parameters_that_are_no_matrices_and_groups_without_a_rank_get_AdamW()
    {
        Parameter[] Made() =>
        [
            new(Make.Normal(1, 5)), new(Make.Normal(2, 4, 3, 2, 2)), new(Make.Normal(3, 6, 5)), new(Make.Normal(4, 4, 6)),
        ];

        var (ours, theirs) = (Made(), Made());
        using var optimizer = new GaLore([new GaLoreGroup([ours[0], ours[1], ours[3]], rank: 2), new GaLoreGroup([ours[2]])], 0.01, weightDecay: 0.1);
        using var adam = optim.AdamW(theirs, lr: 0.01, beta2: 0.999, weight_decay: 0.1);
        for (var step = 0; step < 20; step++)
        {
            for (var i = 0; i < ours.Length; i++)
            {
                ours[i].grad = Make.Normal((10 * step) + i, ours[i].shape);
                theirs[i].grad = ours[i].grad!.clone();
            }

            optimizer.step();
            adam.step();
        }

        for (var i = 0; i < 3; i++)
            Expect.Close(theirs[i], ours[i], 1e-6, $"Parameter {i}");
        Expect.Differ(theirs[3], ours[3]);
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays_and_its_interval_does_not_advance()
    {
        using var weight = new Parameter(Make.Normal(1, 5, 9).to(ScalarType.Float64));
        var reference = new GaLoreReference(Matrix.Of(weight), rank: 2, interval: 3, scale: 0.25, Rate);
        using var optimizer = new GaLore([weight], rank: 2, Rate, updateInterval: 3);
        for (var step = 0; step < 20; step++)
        {
            weight.grad = step % 2 == 0 ? null : Make.Normal(100 + step, 5, 9).to(ScalarType.Float64);
            if (weight.grad is { } gradient)
                reference.Step(Matrix.Of(gradient));
            optimizer.step();
            Expect.Close(reference.Weight.ToTensor(), weight, 1e-11, $"Step {step}");
        }
    }
}
