using static TorchSharp.torch;

namespace Models.Layers;

/// <summary>Which tokens each token attends to: itself and the tokens before it, without padding.</summary>
public static class CausalMask
{
    /// <param name="hidden">The embedded tokens [batch, time, width].</param>
    /// <param name="past">The number of tokens in the cache.</param>
    /// <param name="attentionMask">
    /// [batch, past + time], 0 for padding; or which tokens each token attends to, [batch, 1, time, past + time], as for texts that share a row; null for no
    /// mask.
    /// </param>
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
            var mask = attentionMask.ndim == 2 ? attentionMask.unsqueeze(1).unsqueeze(1) : attentionMask;
            if (!mask.shape.SequenceEqual([batch, 1, attentionMask.ndim == 2 ? 1 : time, past + time]))
            {
                throw new ArgumentException(
                    $"The attention mask is [{string.Join(", ", attentionMask.shape)}], expected [{batch}, {past + time}]: a number for each token, "
                    + $"those in the cache too; or [{batch}, 1, {time}, {past + time}].", nameof(attentionMask));
            }

            visible = visible.logical_and(mask.to(ScalarType.Bool));
        }

        return zeros(visible.shape, hidden.dtype, hidden.device).masked_fill(visible.logical_not(), finfo(hidden.dtype).min);
    }
}
