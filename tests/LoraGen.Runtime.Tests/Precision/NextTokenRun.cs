using static TorchSharp.torch;

namespace LoraGen.Runtime.Tests.Precision;

/// <summary>Trains <see cref="NextToken"/> on a text in which the next token is a function of the four before it.</summary>
internal static class NextTokenRun
{
    private const int BatchSize = 32;

    /// <summary>The tokens [n, 4] and the next ones [n].</summary>
    public static (Tensor Tokens, Tensor Next) Batch(int seed)
    {
        random.manual_seed(seed);
        var tokens = randint(0, NextToken.Tokens / 4, [BatchSize, NextToken.Context], ScalarType.Int64);
        var next = (tokens.select(1, 0) + (2 * tokens.select(1, 3))) % NextToken.Tokens;
        return (tokens.to(TestDevice.Device), next.to(TestDevice.Device));
    }

    /// <summary>The loss in float32, whatever the model's type is.</summary>
    public static Tensor Loss(NextToken model, Tensor tokens, Tensor next)
    {
        return nn.functional.cross_entropy(model.forward(tokens).to(ScalarType.Float32), next);
    }

    /// <summary>The mean loss over batches that are not trained.</summary>
    public static double Evaluate(NextToken model)
    {
        using var noGrad = no_grad();
        return Enumerable.Range(5000, 4).Average(seed =>
        {
            using var scope = NewDisposeScope();
            var (tokens, next) = Batch(seed);
            return Loss(model, tokens, next).item<float>();
        });
    }

    /// <summary>Runs steps, each on a batch of its own, and returns the loss afterwards.</summary>
    public static double Train(NextToken model, optim.Optimizer optimizer, int steps)
    {
        return Train(model, optimizer, steps, loss =>
        {
            loss.backward();
            optimizer.step();
        });
    }

    /// <inheritdoc cref="Train(NextToken, optim.Optimizer, int)"/>
    public static double Train(NextToken model, optim.Optimizer optimizer, int steps, Action<Tensor> step)
    {
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var (tokens, next) = Batch(i);
            step(Loss(model, tokens, next));
        }

        return Evaluate(model);
    }
}
