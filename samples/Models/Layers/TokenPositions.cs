using static TorchSharp.torch;

namespace Models.Layers;

/// <summary>The position of each token of a padded batch in its own text.</summary>
public static class TokenPositions
{
    /// <summary>
    /// Attention mask [batch, all tokens] to the positions [batch, tokens] of the last ones: the first real token has position 0, however much padding
    /// precedes it, and the padding, which nothing attends to, has 1, as in transformers' generation.
    /// </summary>
    public static Tensor Of(Tensor attentionMask, long tokens)
    {
        var positions = attentionMask.cumsum(1).sub(1).masked_fill(attentionMask.eq(0), 1);
        return positions.narrow(1, positions.shape[1] - tokens, tokens);
    }
}
