using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Models;

/// <summary>The embeddings of a language model, and nothing after them.</summary>
[TrainableTokens(Tokens = [TokenOne, TokenTwo, TokenThree], Targets = ["embed_tokens"])]
internal sealed class EmbeddingOnly : Module<Tensor, Tensor>
{
    public const long Vocabulary = 32_000;
    public const long Width = 896;
    public const int TokenOne = 3;
    public const int TokenTwo = 17;
    public const int TokenThree = 31_999;

    private readonly Embedding embed_tokens = Embedding(Vocabulary, Width);

    public EmbeddingOnly()
        : base(nameof(EmbeddingOnly)) => RegisterComponents();

    public Tensor Weight => embed_tokens.weight!;

    public override Tensor forward(Tensor input) => embed_tokens.forward(input);
}
