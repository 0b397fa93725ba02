using LoraGen.Training.Tokens;
using static TorchSharp.torch;

namespace LoraGen.Training.Evaluation;

/// <summary>The loss of a causal language model on data that it isn't trained on.</summary>
public static class LanguageModelLoss
{
    /// <summary>Computes the loss of the learned tokens of batches, without gradients. The batches are disposed.</summary>
    /// <param name="logits">
    /// The model: the logits of the next token at each position of a batch, [rows, length, vocabulary]. Call <c>eval()</c> on the model before.
    /// </param>
    /// <param name="batches">The batches, such as <c>source.Epoch(0)</c>.</param>
    /// <exception cref="ArgumentException">There is no batch, or the logits have another shape.</exception>
    public static LossSum Measure(Func<TokenBatch, Tensor> logits, IEnumerable<TokenBatch> batches)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(batches);
        var sum = default(LossSum);
        using var withoutGradients = no_grad();
        foreach (var batch in batches)
        {
            using (batch)
            {
                using var scope = NewDisposeScope();
                sum += new LossSum(batch.Loss(logits(batch)).item<float>() * (double)batch.LearnedTokens, batch.LearnedTokens);
            }
        }

        return sum.Count > 0 ? sum : throw new ArgumentException("There is no batch.", nameof(batches));
    }
}
