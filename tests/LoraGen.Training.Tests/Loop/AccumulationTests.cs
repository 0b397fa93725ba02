using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Loop;

/// <summary>The gradient of a step is that of the mean over all that was accumulated.</summary>
public sealed class AccumulationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task A_step_equals_one_of_a_single_batch_with_all_rows(int accumulation)
    {
        var source = new RowSource(batches: 5);
        using var model = Model();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        var options = new TrainingOptions { Accumulation = accumulation, MaxGradientNorm = null, LearningRate = LearningRate.Constant() };
        var result = await new Trainer<Rows>(model, optimizer, rows => Loss(model, rows), options).RunAsync(source);
        Assert.Equal((4 + accumulation) / accumulation, result.Steps);

        using var expected = Model();
        foreach (var chunk in source.Epoch(0).Chunk(accumulation))
        {
            using var scope = NewDisposeScope();
            var all = new Rows(cat([.. chunk.Select(rows => rows.Input)]), cat([.. chunk.Select(rows => rows.Target)]));
            var (weight, bias) = (expected.weight, expected.bias!);
            var error = (all.Input.to(float64).matmul(weight.t()) + bias - all.Target).detach();
            using var noGrad = no_grad();

            // The gradient of the mean over rows of the squared errors' sum, by hand.
            var count = all.Input.shape[0];
            weight.sub_(error.t().matmul(all.Input.to(float64)) * (2 * 0.1 / count));
            bias.sub_(error.sum(0L) * (2 * 0.1 / count));
        }

        Expect.Close(expected.weight, model.weight, 1e-12);
        Expect.Close(expected.bias!, model.bias!, 1e-12);
    }

    [Fact]
    public async Task A_batch_without_a_count_teaches_nothing()
    {
        using var model = Model();
        using var optimizer = optim.AdamW(model.parameters(), 0.1, weight_decay: 0.1);
        var before = Expect.Bytes(model.weight);
        var states = new StateList();
        var trainer = new Trainer<Rows>(model, optimizer, rows => Loss(model, rows) with { Count = 0 });
        var result = await trainer.RunAsync(new RowSource(batches: 2), progress: states);
        Assert.Equal(2, result.SkippedSteps);
        Assert.All(states, state => Assert.True(state.IsSkipped));
        Assert.Equal(before, Expect.Bytes(model.weight));
    }

    private static Linear Model()
    {
        random.manual_seed(3);
        return nn.Linear(Net.Inputs, Net.Outputs, dtype: float64);
    }

    private static BatchLoss Loss(Linear model, Rows rows)
    {
        return new BatchLoss((model.forward(rows.Input.to(float64)) - rows.Target).square().sum(), rows.Target.shape[0]);
    }
}
