namespace LoraGen.Torch.Tests.Attention;

/// <summary>softmax(q·kᵀ / √d + mask)·v and its gradients by loops, for tensors of [batch, head, time, d].</summary>
internal sealed class AttentionReference(Numbers queries, Numbers keys, Numbers values, Func<long, long, long, double> mask)
{
    private readonly double _scale = 1 / Math.Sqrt(queries.Shape[^1]);
    private readonly long _size = queries.Shape[^1];
    private readonly long _width = values.Shape[^1];
    private readonly long _from = queries.Shape[2];
    private readonly long _to = keys.Shape[2];

    public Numbers Output()
    {
        var weights = Weights();
        return Numbers.Of([.. queries.Shape[..3], _width], i => Numbers.Sum(_to, s => weights[i[0], i[1], i[2], s] * values[i[0], i[1], s, i[3]]));
    }

    /// <summary>What the output's gradient becomes for queries, keys and values.</summary>
    public Numbers[] Gradients(Numbers output)
    {
        var weights = Weights();
        var byWeight = Numbers.Of(weights.Shape, i => Numbers.Sum(_width, d => output[i[0], i[1], i[2], d] * values[i[0], i[1], i[3], d]));
        var byScore = Numbers.Of(weights.Shape, i =>
            weights[i] * (byWeight[i] - Numbers.Sum(_to, s => weights[i[0], i[1], i[2], s] * byWeight[i[0], i[1], i[2], s])));
        return
        [
            Numbers.Of(queries.Shape, i => _scale * Numbers.Sum(_to, s => byScore[i[0], i[1], i[2], s] * keys[i[0], i[1], s, i[3]])),
            Numbers.Of(keys.Shape, i => _scale * Numbers.Sum(_from, t => byScore[i[0], i[1], t, i[2]] * queries[i[0], i[1], t, i[3]])),
            Numbers.Of(values.Shape, i => Numbers.Sum(_from, t => weights[i[0], i[1], t, i[2]] * output[i[0], i[1], t, i[3]])),
        ];
    }

    private Numbers Weights()
    {
        var scores = Numbers.Of([.. queries.Shape[..3], _to], i =>
            (_scale * Numbers.Sum(_size, d => queries[i[0], i[1], i[2], d] * keys[i[0], i[1], i[3], d])) + mask(i[0], i[2], i[3]));
        return Numbers.Of(scores.Shape, i =>
        {
            var highest = Enumerable.Range(0, (int)_to).Max(s => scores[i[0], i[1], i[2], s]);
            return Math.Exp(scores[i] - highest) / Numbers.Sum(_to, s => Math.Exp(scores[i[0], i[1], i[2], s] - highest));
        });
    }
}
