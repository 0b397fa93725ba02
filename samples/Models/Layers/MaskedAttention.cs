using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Layers;

/// <summary>softmax(q·kᵀ / √d + mask)·v, for queries, keys and values of [batch, head, time, d].</summary>
/// <remarks>
/// Written with elementary operations: the backward pass of libtorch 2.10's fused <c>scaled_dot_product_attention</c> on the CPU is wrong for rows in which the
/// mask hides every position, as it does for the queries of left padding.
/// </remarks>
public static class MaskedAttention
{
    /// <param name="queries">[batch, head, time, d]</param>
    /// <param name="keys">[batch, head, past + time, d]</param>
    /// <param name="values">[batch, head, past + time, d]</param>
    /// <param name="mask">A tensor that is added to the scores, broadcast to [batch, head, time, past + time].</param>
    /// <param name="dropout">The probability with which a weight of the attention is zeroed; 0 outside training.</param>
    /// <returns>[batch, head, time, d]</returns>
    public static Tensor Of(Tensor queries, Tensor keys, Tensor values, Tensor mask, double dropout = 0)
    {
        var scaled = queries * (1 / Math.Sqrt(queries.shape[^1]));
        var weights = (scaled.matmul(keys.transpose(-2, -1)) + mask).softmax(-1);
        return (dropout > 0 ? functional.dropout(weights, dropout) : weights).matmul(values);
    }
}
