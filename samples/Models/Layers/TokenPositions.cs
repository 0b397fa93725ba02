using static TorchSharp.torch;

namespace Models.Layers;

/// <summary>Where each token of a padded batch stands in its own text.</summary>
public static class TokenPositions
{
    /// <summary>
    /// Attention mask [batch, all tokens] to the positions [batch, tokens] of the last ones: the first real token is 0 however much padding is before it, and
    /// the padding, which nobody looks at, is 1. So does transformers when it generates.
    /// </summary>
    public static Tensor Of(Tensor attentionMask, long tokens)
    {
        var positions = attentionMask.cumsum(1).sub(1).masked_fill(attentionMask.eq(0), 1);
        return positions.narrow(1, positions.shape[1] - tokens, tokens);
    }
}
