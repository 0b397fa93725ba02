using LoraGen.Sites;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen.Layers;

/// <summary>A layer that looks up rows of its weight [num_embeddings, embedding_dim] by number.</summary>
internal sealed class EmbeddingLayer : BaseLayer
{
    private readonly Embedding _embedding;

    public EmbeddingLayer(Embedding embedding)
        : base(embedding)
    {
        _embedding = embedding;
        using var weight = embedding.weight!;
        Facts = new LayerFacts(LayerKind.Embedding, nameof(Embedding), weight.shape[0], weight.shape[1], []);
    }

    public override LayerFacts Facts { get; }

    /// <summary>TorchSharp returns a new wrapper at each get, which the caller disposes.</summary>
    public override Tensor? Weight => _embedding.weight;

    internal override ScalarType? WeightType
    {
        get
        {
            using var weight = Weight;
            return weight!.dtype;
        }
    }

    internal override Device Device
    {
        get
        {
            using var weight = Weight;
            return weight!.device;
        }
    }

    public override Tensor Apply(Tensor input, Tensor weight)
    {
        using var ids = input.reshape(-1);
        using var rows = weight.index_select(0, ids);
        return rows.view([.. input.shape, Facts.Outputs]);
    }

    public override Tensor AlongOutput(Tensor vector) => vector.view(-1);

    public override Tensor AlongInput(Tensor vector)
    {
        throw new NotSupportedException("An Embedding's inputs are row numbers, which can't be multiplied.");
    }

    public override Tensor AlongWeightOutput(Tensor vector) => vector.view(1, -1);

    public override Tensor AlongWeightInput(Tensor vector) => vector.view(-1, 1);

    public override Tensor Rows(Tensor weight) => weight.t();

    // A's columns for the ids as rows, [tokens, rank]; those for the padding index have no gradient.
    internal override Tensor Down(Tensor input, Tensor a)
    {
        using var ids = input.reshape(-1);
        using var rows = a.t();
        return Selected(ids, rows, EmbeddingOptions.Of(_embedding).PaddingIndex);
    }

    internal override Tensor AddUp(Tensor output, Tensor hidden, Tensor b) => LowRankAdd.Add(output, hidden, b);

    internal override Tensor Product(string path, Tensor a, Tensor b)
    {
        using var rows = a.t();
        using var columns = b.t();
        return rows.matmul(columns);
    }

    internal override void EnsureMergeable(string path)
    {
        if (EmbeddingOptions.Of(_embedding).LimitsNorms)
        {
            throw new InvalidOperationException(
                $"{path}: the Embedding was created with a max_norm, which would shorten the merged rows too. Leave the adapter attached, "
                + "or leave the layer out of the targets.");
        }
    }

    internal override bool IsWeight(BaseParameter parameter) => parameter.Name == nameof(Embedding.weight);

    private static Tensor Selected(Tensor ids, Tensor rows, long? paddingIndex)
    {
        var selected = rows.index_select(0, ids);
        if (paddingIndex is not { } padding || !is_grad_enabled())
            return selected;

        using var trained = selected;
        using var constant = selected.detach();
        using var isPadding = ids.eq(padding);
        using var ofRow = isPadding.view(-1, 1);
        return where(ofRow, constant, trained);
    }
}
