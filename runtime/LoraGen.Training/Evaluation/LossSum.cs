namespace LoraGen.Training.Evaluation;

/// <summary>The sum of the losses of tokens, and their number: what the means of batches of different sizes are computed from.</summary>
/// <param name="Sum">The sum of the losses, in nats.</param>
/// <param name="Count">The number of tokens.</param>
public readonly record struct LossSum(double Sum, long Count)
{
    /// <summary>The mean loss per token, in nats; NaN without tokens.</summary>
    public double Mean => Sum / Count;

    /// <summary>The exponential of the mean loss: among how many equally likely tokens the model seems to choose.</summary>
    public double Perplexity => Math.Exp(Mean);

    /// <summary>The sum over both.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    public static LossSum operator +(LossSum first, LossSum second) => first.Add(second);

    /// <summary>The sum over both.</summary>
    /// <param name="other">The other.</param>
    public LossSum Add(LossSum other) => new(Sum + other.Sum, Count + other.Count);

    /// <summary>For example <c>loss 2.3026, perplexity 10.00, 512 tokens</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"loss {Mean:F4}, perplexity {Perplexity:F2}, {Count} tokens");
}
