using TorchSharp.Modules;

namespace LoraGen.Torch.Tests.Layers;

public sealed class EmbeddingTests
{
    private static readonly long[] Ids = [2, 0, 2, 3];

    [Semantics("nn.Embedding", "Embedding.set_weight")]
    [Theory, MemberData(nameof(Types.Full), MemberType = typeof(Types))]
    public void Embedding_gives_the_rows_of_its_ids(ScalarType type)
    {
        foreach (var (rows, width) in new[] { (4L, 4L), (5L, 3L) })
        {
            using var layer = nn.Embedding(rows, width, dtype: type);
            layer.weight = new Parameter(Numbers.Some(1, rows, width).ToTensor(type));
            var weight = Numbers.Of(layer.weight!);
            ExpectNumbers.Same(Numbers.Of([2, 2, width], i => weight[Ids[(2 * i[0]) + i[1]], i[2]]), layer.call(tensor(Ids).view(2, 2)));
        }
    }

    [Theory, InlineData(false, false), InlineData(true, false), InlineData(false, true)]
    public void A_row_gets_the_sum_of_its_gradients_and_padding_none(bool sparse, bool byFrequency)
    {
        using var layer = nn.Embedding(5, 3, padding_idx: 3, scale_grad_by_freq: byFrequency, sparse: sparse);
        Assert.All(Enumerable.Range(0, 3), column => Assert.Equal(0, Numbers.Of(layer.weight!)[3, column]));
        var output = Numbers.Some(1, 4, 3);
        (layer.call(tensor(Ids)) * output.ToTensor(ScalarType.Float32)).sum().backward();

        var gradient = layer.weight!.grad!;
        Assert.Equal(sparse, gradient.is_sparse);
        var expected = Numbers.Of([5, 3], i =>
        {
            var places = Enumerable.Range(0, 4).Where(place => Ids[place] == i[0] && Ids[place] != 3).ToArray();
            return places.Sum(place => output[place, i[1]]) / (byFrequency ? Math.Max(1, places.Length) : 1);
        });
        ExpectNumbers.Close(expected, Dense(gradient));
    }

    [Theory, InlineData(2), InlineData(1)]
    public void Max_norm_shortens_the_rows_that_are_looked_up_in_the_table_itself(double norm)
    {
        using var layer = nn.Embedding(4, 3, max_norm: 1.5, norm_type: norm);
        layer.weight = new Parameter(Numbers.Of([4, 3], i => i[0] == 2 ? 0.1 : 1 + i[1]).ToTensor(ScalarType.Float32));
        var before = Numbers.Of(layer.weight!);
        long[] looked = [0, 2];
        var expected = Numbers.Of([4, 3], i =>
        {
            var length = Math.Pow(Numbers.Sum(3, k => Math.Pow(before[i[0], k], norm)), 1 / norm);
            return looked.Contains(i[0]) && length > 1.5 ? before[i] * 1.5 / (length + 1e-7) : before[i];
        });
        var output = layer.call(tensor(looked));
        ExpectNumbers.Close(expected, layer.weight!);
        ExpectNumbers.Close(Numbers.Of([2, 3], i => expected[looked[i[0]], i[1]]), output);
    }

    [Semantics("Tensor.to_dense")]
    [Fact]
    public void To_dense_adds_up_what_a_sparse_gradient_names_twice()
    {
        using var layer = nn.Embedding(3, 2, sparse: true);
        layer.call(tensor(new long[] { 1, 1, 2 })).sum().backward();
        ExpectNumbers.Same(Numbers.Of([3, 2], i => i[0] == 0 ? 0 : 3 - i[0]), layer.weight!.grad!.to_dense());
    }

    private static Tensor Dense(Tensor gradient) => gradient.is_sparse ? gradient.to_dense() : gradient;

    /// <summary>Bags [0, 1, 2] and [3, 4] of ids, by their offsets.</summary>
    [Semantics("nn.EmbeddingBag", "EmbeddingBag.set_weight")]
    [Theory]
    [InlineData(EmbeddingBagMode.Sum)]
    [InlineData(EmbeddingBagMode.Mean)]
    public void EmbeddingBag_reduces_the_rows_of_each_bag(EmbeddingBagMode mode)
    {
        var weight = Numbers.Some(3, 6, 4);
        long[] ids = [5, 0, 2, 2, 1];
        var bag = nn.EmbeddingBag(6, 4, mode: mode);
        Assert.Equal([6, 4], bag.weight!.shape);
        bag.weight = new TorchSharp.Modules.Parameter(weight.ToTensor(ScalarType.Float32));

        var expected = Numbers.Of([2, 4], at =>
        {
            var rows = at[0] == 0 ? ids[..3] : ids[3..];
            var sum = rows.Sum(row => weight[(int)row, at[1]]);
            return mode == EmbeddingBagMode.Sum ? sum : sum / rows.Length;
        });
        ExpectNumbers.Close(expected, bag.forward(tensor(ids), tensor(new[] { 0L, 3L }), null));
    }
}
