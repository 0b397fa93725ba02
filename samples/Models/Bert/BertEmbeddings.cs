using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Models.Bert;

/// <summary>The sum of the embeddings of a token, its position and its type.</summary>
public sealed class BertEmbeddings : nn.Module<Tensor, Tensor, long, Tensor>
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

    /// <summary>The embeddings of the vocabulary, [vocabulary, width].</summary>
    internal Tensor WordWeight => word_embeddings.weight!;

    /// <summary>The embeddings of the tokens alone, [batch, time, width].</summary>
    public Tensor Words(Tensor ids) => word_embeddings.forward(ids);

    /// <param name="words">The embeddings of the tokens alone.</param>
    /// <param name="tokenTypes">[batch, time]</param>
    /// <param name="past">The position of the first one.</param>
    public override Tensor forward(Tensor words, Tensor tokenTypes, long past)
    {
        var positions = arange(past, past + words.shape[1], device: words.device).unsqueeze(0);
        var types = token_type_embeddings.forward(tokenTypes);
        return dropout.forward(LayerNorm.forward(words + types + position_embeddings.forward(positions)));
    }
}
