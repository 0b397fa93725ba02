// Wrong on purpose: what then happens is tested.
#pragma warning disable LORA2022, LORA1030

using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>
/// A decoder that is unlike the samples' models: time before batch, learned positions, scaled embeddings, queries, keys and values of one layer, and a mask
/// that says where the padding is.
/// </summary>
[PromptTuning(Tokens = 3)]
[PromptTuning(Name = "second", Tokens = 2)]
[PromptTuning(Name = "sampled", Tokens = 5, Init = PromptInit.Vocabulary)]
[PromptTuning(Name = "none", Tokens = 0)]
[PromptTuning(Name = "few", Tokens = 2, MaxTrainableParameters = 15)]
[PTuning(Tokens = 3)]
[PTuning(Name = "recurrent", Tokens = 3, Encoder = PromptEncoder.Lstm, EncoderSize = 5, EncoderDropout = 0.5)]
[PrefixTuning(Tokens = 3)]
[PrefixTuning(Name = "projected", Tokens = 3, Projection = true, ProjectionSize = 7)]
[PrefixTuning(Name = "zero", Tokens = 2, StartAtZero = true)]
[PrefixTuning(Name = "projected to zero", Tokens = 2, Projection = true, StartAtZero = true)]
[Lora(Rank = 2, Targets = ["qkv"])]
internal sealed class PromptedGpt : Module<Tensor, Tensor?, Tensor>, IPromptable, IPrefixable
{
    public const long Width = 8;
    public const long Heads = 2;
    public const int Layers = 2;
    private const double Scale = 3;

    private readonly Embedding wte;
    private readonly Embedding wpe = Embedding(16, Width);
    private readonly ModuleList<PromptedGptBlock> blocks = new(new PromptedGptBlock(0), new PromptedGptBlock(1));

    private readonly Linear head = Linear(Width, 11);

    public PromptedGpt(int vocabulary)
        : base(nameof(PromptedGpt))
    {
        wte = Embedding(vocabulary, Width);
        RegisterComponents();
    }

    /// <summary>Is called in the forward, before the embeddings.</summary>
    public Action OnForward { get; set; } = () => { };

    /// <summary>Looks up the embeddings, instead of the table.</summary>
    public Func<Tensor, Tensor>? Lookup { get; set; }

    public Tensor Table => wte.weight!;

    public IReadOnlyList<PromptedGptBlock> Blocks => [.. blocks];

    long IPromptable.EmbeddingWidth => Width;

    Tensor? IPromptable.TokenEmbeddings => wte.weight! * Scale;

    long? IPromptable.MaxPositions => 16;

    int IPrefixable.AttentionLayers => Layers;

    long IPrefixable.KeyValueHeads => Heads;

    long IPrefixable.HeadSize => Width / Heads;

    long? IPrefixable.MaxPositions => 16;

    /// <param name="ids">[time, batch]</param>
    /// <param name="padding">[batch, time], true for padding; null if there is none.</param>
    /// <returns>[time, batch, 11]</returns>
    public override Tensor forward(Tensor ids, Tensor? padding)
    {
        OnForward();
        var words = (Lookup ?? wte.forward)(ids.t()) * Scale;
        var prompted = VirtualTokens.Prepend(this, words, padding?.logical_not());
        var time = prompted.Embeddings.shape[1];
        var hidden = (prompted.Embeddings + wpe.forward(arange(prompted.Past, prompted.Past + time))).transpose(0, 1);
        var hides = ones([time, prompted.Past + time], ScalarType.Bool).tril(prompted.Past).logical_not().unsqueeze(0).unsqueeze(0);
        if (prompted.Mask is { } mask)
            hides = hides.logical_or(mask.logical_not().unsqueeze(1).unsqueeze(1));
        foreach (var block in blocks)
            hidden = block.call(hidden, hides, prompted.Prefix);
        return head.forward(hidden);
    }
}

internal sealed class PromptedGptBlock : Module<Tensor, Tensor, AttentionPrefix, Tensor>
{
    private readonly int layer;
    private readonly Linear qkv = Linear(PromptedGpt.Width, 3 * PromptedGpt.Width);
    private readonly Linear proj = Linear(PromptedGpt.Width, PromptedGpt.Width);

    public PromptedGptBlock(int layer)
        : base(nameof(PromptedGptBlock))
    {
        this.layer = layer;
        RegisterComponents();
    }

    /// <summary>Whether the block forgets the prefix.</summary>
    public bool IsForgetful { get; set; }

    /// <summary>The keys and values of the tokens in the last call, [batch, head, time, size].</summary>
    public (Tensor Keys, Tensor Values) Last { get; private set; }

    public override Tensor forward(Tensor hidden, Tensor hides, AttentionPrefix prefix)
    {
        var parts = qkv.forward(hidden).chunk(3, -1);
        var (queries, keys, values) = (Split(parts[0]), Split(parts[1]), Split(parts[2]));
        Last = (keys, values);
        if (IsForgetful)
            hides = hides.narrow(-1, prefix.Tokens, keys.shape[2]);
        else
            (keys, values) = prefix.Prepend(layer, keys, values);
        var scores = queries.matmul(keys.transpose(-2, -1)) / Math.Sqrt(queries.shape[^1]);
        var mixed = scores.masked_fill(hides, -1e9).softmax(-1).matmul(values);
        return hidden + proj.forward(mixed.permute(2, 0, 1, 3).flatten(2));
    }

    // [time, batch, width] → [batch, head, time, size]
    private static Tensor Split(Tensor x) => x.view(x.shape[0], x.shape[1], PromptedGpt.Heads, -1).permute(1, 2, 0, 3);
}

/// <summary>A model that implements the interfaces, but never calls <see cref="VirtualTokens.Prepend"/>; and one without the interface.</summary>
[PromptTuning(Tokens = 2)]
[PTuning(Tokens = 9, EncoderSize = 40)]
[PTuning(Name = "recurrent", Tokens = 9, Encoder = PromptEncoder.Lstm, EncoderSize = 40)]
[PrefixTuning(Tokens = 2)]
internal sealed class UnpromptedModel : Module<Tensor, Tensor>, IPromptable, IPrefixable
{
    private readonly Embedding embedding = Embedding(5, 4);

    public UnpromptedModel()
        : base(nameof(UnpromptedModel)) => RegisterComponents();

    public long EmbeddingWidth { get; init; } = 4;

    public int AttentionLayers => 1;

    public long KeyValueHeads => 1;

    public long HeadSize => 4;

    public override Tensor forward(Tensor input) => embedding.forward(input);
}

[PromptTuning(Tokens = 2)]
[PrefixTuning(Tokens = 2)]
internal sealed class UnpromptableModel : Module<Tensor, Tensor>
{
    private readonly Embedding embedding = Embedding(5, 4);

    public UnpromptableModel()
        : base(nameof(UnpromptableModel)) => RegisterComponents();

    public override Tensor forward(Tensor input) => embedding.forward(input);
}

/// <summary>A model whose classifier is trained beside the virtual tokens, and whose virtual tokens are read in a part of it.</summary>
[PromptTuning(Tokens = 2)]
[PrefixTuning(Tokens = 2)]
internal sealed class PromptedClassifier : Module<Tensor, Tensor>, IPromptable, IPrefixable
{
    private readonly PromptedBackbone backbone;

    [Trainable]
    private readonly Linear classifier = Linear(4, 3);

    public PromptedClassifier()
        : this(new PromptedBackbone())
    {
    }

    public PromptedClassifier(PromptedBackbone backbone)
        : base(nameof(PromptedClassifier))
    {
        this.backbone = backbone;
        RegisterComponents();
    }

    public PromptedBackbone Backbone => backbone;

    public long EmbeddingWidth => 4;

    public int AttentionLayers => 1;

    public long KeyValueHeads => 1;

    public long HeadSize => 4;

    public override Tensor forward(Tensor ids) => classifier.forward(backbone.call(ids).select(1, -1));
}

internal sealed class PromptedBackbone : Module<Tensor, Tensor>
{
    private readonly Embedding embedding = Embedding(5, 4);

    public PromptedBackbone()
        : base(nameof(PromptedBackbone)) => RegisterComponents();

    public override Tensor forward(Tensor ids)
    {
        var prompted = VirtualTokens.Prepend(this, embedding.forward(ids));
        var hidden = prompted.Embeddings;
        var (keys, values) = prompted.Prefix.Prepend(0, hidden.unsqueeze(1), hidden.unsqueeze(1));
        return hidden + hidden.unsqueeze(1).matmul(keys.transpose(-2, -1)).softmax(-1).matmul(values).squeeze(1);
    }
}
