using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraGen;

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

    /// <summary>A new wrapper at each get, as TorchSharp makes it: for the caller to dispose.</summary>
    public override Tensor? Weight => _embedding.weight;

    public override ScalarType? WeightType
    {
        get
        {
            using var weight = Weight;
            return weight!.dtype;
        }
    }

    public override Device Device
    {
        get
        {
            using var weight = Weight;
            return weight!.device;
        }
    }

    public override bool IsWeight(BaseParameter parameter) => parameter.Name == nameof(Embedding.weight);
}
