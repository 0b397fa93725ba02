using static TorchSharp.torch;

namespace LoraGen;

/// <summary>
/// A model whose forward can begin with virtual tokens: embeddings that an adapter trains. Prompt tuning and P-tuning need it. The model's forward, or that
/// of a part of it, passes the embeddings of its tokens through <see cref="VirtualTokens.Prepend"/> and computes with what that returns.
/// </summary>
/// <remarks>
/// Where positions or types are added to the embeddings in a table lookup of their own, as in GPT-2 and BERT, the call belongs before that sum: a virtual token
/// takes the place of a token's own embedding.
/// </remarks>
public interface IPromptable
{
    /// <summary>The size of a token's embedding, the last dimension of what is passed to <see cref="VirtualTokens.Prepend"/>.</summary>
    long EmbeddingWidth { get; }

    /// <summary>
    /// The embeddings of the vocabulary, [vocabulary, width], in the scale in which they are passed to <see cref="VirtualTokens.Prepend"/>: virtual tokens can
    /// start from them. Null, the default, if the model has no such table.
    /// </summary>
    Tensor? TokenEmbeddings => null;

    /// <summary>The maximum number of tokens that the model can process, including virtual ones; null, the default, if there is none.</summary>
    long? MaxPositions => null;
}
