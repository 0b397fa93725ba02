using static TorchSharp.torch;

namespace LoraGen.Training.Tokens;

/// <summary>
/// A batch for a causal language model: tensors of 64-bit integers, [rows, length]. Labels are not shifted: the label at a position is the token at that
/// position, and a loss compares it with the logits of the position before (<see cref="Loss"/>).
/// </summary>
public sealed class TokenBatch : IDisposable
{
    /// <summary>The label of positions on which no loss is computed, as PyTorch's cross entropy ignores it by default.</summary>
    public const long Ignored = -100;

    internal TokenBatch(Tensor inputIds, Tensor attentionMask, Tensor labels, Tensor positionIds, Tensor? segmentIds, long tokens, long learnedTokens)
    {
        InputIds = inputIds;
        AttentionMask = attentionMask;
        Labels = labels;
        PositionIds = positionIds;
        SegmentIds = segmentIds;
        Tokens = tokens;
        LearnedTokens = learnedTokens;
    }

    /// <summary>The tokens, and the padding at the end of rows.</summary>
    public Tensor InputIds { get; }

    /// <summary>1 for tokens, 0 for padding.</summary>
    public Tensor AttentionMask { get; }

    /// <summary>
    /// The tokens on which the loss is computed, and <see cref="Ignored"/> elsewhere: in prompts, in padding, and for the first token of each document, which
    /// nothing precedes. Not shifted.
    /// </summary>
    public Tensor Labels { get; }

    /// <summary>The position of each token in its document, from 0; 0 for padding.</summary>
    public Tensor PositionIds { get; }

    /// <summary>The number of the document in its row that a token belongs to, from 1; 0 for padding. Null if each row is one document.</summary>
    public Tensor? SegmentIds { get; }

    /// <summary>The number of tokens, without padding.</summary>
    public long Tokens { get; }

    /// <summary>The number of labels that are not <see cref="Ignored"/>: the weight of this batch in a mean over several.</summary>
    public long LearnedTokens { get; }

    /// <summary>
    /// Which positions each position attends to, as a boolean tensor [rows, 1, length, length] for <c>scaled_dot_product_attention</c>: itself and the tokens
    /// before it in its document. Padding attends to itself, so that its softmax is defined. The caller disposes it.
    /// </summary>
    public Tensor CausalMask()
    {
        using var scope = NewDisposeScope();
        var documents = SegmentIds ?? AttentionMask;
        var length = documents.shape[1];
        var sameDocument = documents.unsqueeze(-1).eq(documents.unsqueeze(-2)).logical_and(documents.ne(0).unsqueeze(-1));
        var before = ones([length, length], ScalarType.Bool, documents.device).tril();
        var itself = eye(length, dtype: ScalarType.Bool, device: documents.device);
        return sameDocument.logical_and(before).logical_or(itself).unsqueeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>The mean of the cross entropy of the learned tokens, in float32.</summary>
    /// <param name="logits">The logits of the next token at each position, [rows, length, vocabulary].</param>
    /// <exception cref="ArgumentException">The logits have another shape.</exception>
    public Tensor Loss(Tensor logits)
    {
        var (rows, length) = (InputIds.shape[0], InputIds.shape[1]);
        if (logits.Dimensions != 3 || logits.shape[0] != rows || logits.shape[1] != length)
        {
            throw new ArgumentException(
                $"The logits are [{string.Join(", ", logits.shape)}], expected [{rows}, {length}, vocabulary]: those of each position of the batch.",
                nameof(logits));
        }

        var predictions = logits.narrow(1, 0, length - 1).reshape(-1, logits.shape[2]).to(ScalarType.Float32);
        return nn.functional.cross_entropy(predictions, Labels.narrow(1, 1, length - 1).reshape(-1), ignore_index: Ignored);
    }

    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        InputIds.Dispose();
        AttentionMask.Dispose();
        Labels.Dispose();
        PositionIds.Dispose();
        SegmentIds?.Dispose();
    }
}
