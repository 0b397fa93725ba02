using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Benchmarks.Models;

/// <summary>A small decoder without positions, which can also start from embeddings and with keys and values that are made by hand.</summary>
[PromptTuning(Tokens = Tokens)]
[PTuning(Tokens = Tokens)]
[PrefixTuning(Tokens = Tokens)]
internal sealed class PromptedDecoder : Module<Tensor, Tensor>, IPromptable, IPrefixable
{
    public const int Tokens = 20;
    public const int Layers = 2;
    public const long Vocabulary = 1000;
    public const long Width = 896;
    public const long Heads = 14;

    private readonly Embedding embed_tokens = Embedding(Vocabulary, Width);
    private readonly ModuleList<DecoderBlock> layers = new();
    private readonly LayerNorm norm = LayerNorm(Width);

    public PromptedDecoder()
        : base(nameof(PromptedDecoder))
    {
        for (var i = 0; i < Layers; i++)
            layers.Add(new DecoderBlock(i));
        RegisterComponents();
    }

    long IPromptable.EmbeddingWidth => Width;

    int IPrefixable.AttentionLayers => Layers;

    long IPrefixable.KeyValueHeads => Heads;

    long IPrefixable.HeadSize => Width / Heads;

    /// <summary>The embeddings of tokens: [batch, time] to [batch, time, width].</summary>
    public Tensor Embed(Tensor ids) => embed_tokens.forward(ids);

    public override Tensor forward(Tensor ids)
    {
        var prompted = VirtualTokens.Prepend(this, Embed(ids));
        return Decode(prompted.Embeddings, prompted.Past, prompted.Prefix.Prepend);
    }

    /// <summary>Computes the hidden states from embeddings.</summary>
    /// <param name="embeddings">[batch, time, width].</param>
    /// <param name="past">The number of keys and values that are prepended.</param>
    /// <param name="prepend">Prepends them in a layer.</param>
    public Tensor Decode(Tensor embeddings, long past, Func<int, Tensor, Tensor, (Tensor Keys, Tensor Values)> prepend)
    {
        var time = embeddings.shape[1];
        var hides = ones([time, past + time], ScalarType.Bool, embeddings.device).tril(past).logical_not();
        var hidden = embeddings;
        foreach (var layer in layers)
            hidden = layer.call(hidden, hides, prepend);
        return norm.forward(hidden);
    }
}
