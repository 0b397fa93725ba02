using static TorchSharp.torch;

namespace LoraGen.Training;

/// <summary>
/// The loss of a batch as a sum, with what it is the sum over. The loop divides the sums of all batches of a step by all of their counts, so that each token
/// (or example) has the same weight, however they are divided into batches.
/// </summary>
/// <param name="Sum">The sum of the losses, a scalar in float32 or float64: <c>cross_entropy(…, reduction: Reduction.Sum)</c>.</param>
/// <param name="Count">The number of losses in the sum, such as the tokens that are not masked; at least 0. It may be a sum of weights.</param>
public readonly record struct BatchLoss(Tensor Sum, double Count)
{
    /// <summary>Creates the loss of a batch from the mean of its losses.</summary>
    /// <param name="mean">The mean of the losses, a scalar.</param>
    /// <param name="count">The number of losses, as for <see cref="Count"/>.</param>
    public static BatchLoss OfMean(Tensor mean, double count) => new(mean * count, count);
}
