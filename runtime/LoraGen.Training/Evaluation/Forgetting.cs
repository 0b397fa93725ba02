namespace LoraGen.Training.Evaluation;

/// <summary>What fine-tuning cost elsewhere: the loss on held-out general text, of another kind than the training data, before and after.</summary>
/// <param name="Before">The loss of the base model.</param>
/// <param name="After">The loss of the fine-tuned model on the same batches.</param>
public sealed record Forgetting(LossSum Before, LossSum After)
{
    /// <summary>By how much the mean loss rose, in nats per token; negative if it fell.</summary>
    public double Difference => Before.Count == After.Count
        ? After.Mean - Before.Mean
        : throw new InvalidOperationException($"The losses are over {Before.Count} and {After.Count} tokens: measure both on the same batches.");

    /// <summary>By which factor the perplexity rose.</summary>
    public double PerplexityRatio => Math.Exp(Difference);

    /// <summary>For example <c>loss 2.3026 before, 2.4026 after: +0.1000 (perplexity × 1.105)</c>.</summary>
    public override string ToString()
    {
        return FormattableString.Invariant($"loss {Before.Mean:F4} before, {After.Mean:F4} after: {Difference:+0.0000;-0.0000;0.0000} ")
            + FormattableString.Invariant($"(perplexity × {PerplexityRatio:F3})");
    }
}
