using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Models.Bert;

/// <summary>The sum of the embeddings of a token, its position and its type.</summary>
public sealed class BertEmbeddings : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly Embedding word_embeddings;
    private readonly Embedding position_embeddings;
    private readonly Embedding token_type_embeddings;
    private readonly LayerNorm LayerNorm;
    private readonly Dropout dropout;

    public BertEmbeddings(BertConfig config)
        : base(nameof(BertEmbeddings))
    {
        word_embeddings = nn.Embedding(config.VocabSize, config.HiddenSize);
        position_embeddings = nn.Embedding(config.MaxPositionEmbeddings, config.HiddenSize);
        token_type_embeddings = nn.Embedding(config.TypeVocabSize, config.HiddenSize);
        LayerNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        dropout = nn.Dropout(config.HiddenDropoutProb);
        RegisterComponents();
    }

    public override Tensor forward(Tensor ids, Tensor? tokenTypes)
    {
        var positions = arange(ids.shape[1], device: ids.device).unsqueeze(0);
        var words = word_embeddings.forward(ids);
        var types = token_type_embeddings.forward(tokenTypes ?? zeros_like(ids));
        return dropout.forward(LayerNorm.forward(words + types + position_embeddings.forward(positions)));
    }
}
