using static TorchSharp.torch;

namespace LoraGen.Training.Tests.Loop;

/// <summary>The loop gives the bits of one that is written by hand, as the documentation of each method shows it.</summary>
public sealed class HandWrittenTests
{
    private const int Epochs = 2;

    [Theory]
    [MemberData(nameof(Recipe.Names), MemberType = typeof(Recipe))]
    public async Task Trains_as_a_loop_that_is_written_by_hand(string name)
    {
        using var expected = Recipe.Of(name);
        var before = expected.Values();
        ByHand(expected, new RowSource());

        using var actual = Recipe.Of(name);
        var states = new StateList();
        var options = new TrainingOptions { Epochs = Epochs, Seed = 11, MaxGradientNorm = 0.5 };
        var result = await actual.Trainer(options).RunAsync(new RowSource(), progress: states);

        Assert.Equal(10, result.Steps);
        Assert.Equal(10, states.Count);
        var values = actual.Values();
        Assert.Equal(expected.Values(), values);
        Assert.NotEqual(before, values);
    }

    private static void ByHand(Recipe recipe, RowSource source)
    {
        random.manual_seed(11);
        recipe.Model.train();
        var groups = recipe.Optimizer.ParamGroups.Select(group => (group, Base: group.LearningRate)).ToArray();
        var step = 0;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (var rows in source.Epoch(epoch))
            {
                using var scope = NewDisposeScope();
                foreach (var (group, rate) in groups)
                    group.LearningRate = rate * (1 - (step / 10.0));
                recipe.Optimizer.zero_grad();
                var (sum, count) = recipe.Loss(rows);
                Step(recipe, sum / count);
                rows.Dispose();
                step++;
            }
        }
    }

    private static void Step(Recipe recipe, Tensor loss)
    {
        if (recipe.Scaler is { } scaler)
        {
            scaler.Scale(loss).backward();
            scaler.Unscale(recipe.Optimizer);
            nn.utils.clip_grad_norm_(recipe.Optimizer.parameters(), 0.5);
            scaler.Step(recipe.Optimizer);
            scaler.Update();
            return;
        }

        loss.backward();
        recipe.Adapter?.Penalty()?.backward();
        (recipe.Optimizer as MasterWeights)?.Collect();
        nn.utils.clip_grad_norm_(recipe.Adapter?.NamedParameters().Select(named => named.Parameter) ?? recipe.Optimizer.parameters(), 0.5);
        recipe.Optimizer.step();
    }
}
