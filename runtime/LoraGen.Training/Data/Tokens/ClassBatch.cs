using static TorchSharp.torch;

namespace LoraGen.Training.Tokens;

/// <summary>A batch of classified texts: tensors of 64-bit integers.</summary>
public sealed class ClassBatch : IDisposable
{
    internal ClassBatch(Tensor inputIds, Tensor attentionMask, Tensor labels, long tokens)
    {
        InputIds = inputIds;
        AttentionMask = attentionMask;
        Labels = labels;
        Tokens = tokens;
    }

    /// <summary>The tokens, and the padding at the end of rows, [rows, length].</summary>
    public Tensor InputIds { get; }

    /// <summary>1 for tokens, 0 for padding, [rows, length].</summary>
    public Tensor AttentionMask { get; }

    /// <summary>The number of the class of each row, [rows].</summary>
    public Tensor Labels { get; }

    /// <summary>The number of tokens, without padding.</summary>
    public long Tokens { get; }

    /// <summary>Disposes the tensors.</summary>
    public void Dispose()
    {
        InputIds.Dispose();
        AttentionMask.Dispose();
        Labels.Dispose();
    }
}
