using static TorchSharp.torch;

namespace Models.Layers;

/// <summary>Which tokens each token attends to: itself and the tokens before it, without padding.</summary>
public static class CausalMask
{
    /// <param name="hidden">The embedded tokens [batch, time, width].</param>
    /// <param name="past">The number of tokens in the cache.</param>
    /// <param name="attentionMask">[batch, past + time], 0 for padding; null for no mask.</param>
    /// <returns>
    /// The mask that is added to the scores, [batch or 1, 1, time, past + time]. It contains the lowest number and not -∞, as in transformers: a padding
    /// token, which may attend to nothing, then attends to everything instead of becoming NaN.
    /// </returns>
    public static Tensor Of(Tensor hidden, long past, Tensor? attentionMask)
    {
        var (batch, time) = (hidden.shape[0], hidden.shape[1]);
        var visible = ones([time, past + time], ScalarType.Bool, hidden.device).tril(past).unsqueeze(0).unsqueeze(0);
        if (attentionMask is not null)
        {
            if (!attentionMask.shape.SequenceEqual([batch, past + time]))
            {
                throw new ArgumentException(
                    $"The attention mask is [{string.Join(", ", attentionMask.shape)}], expected [{batch}, {past + time}]: a number for each token, "
                    + "those in the cache too.", nameof(attentionMask));
            }

            visible = visible.logical_and(attentionMask.to(ScalarType.Bool).unsqueeze(1).unsqueeze(1));
        }

        return zeros(visible.shape, hidden.dtype, hidden.device).masked_fill(visible.logical_not(), finfo(hidden.dtype).min);
    }
}
