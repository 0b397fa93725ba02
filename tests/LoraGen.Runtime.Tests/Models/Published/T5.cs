using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models.Published;

internal sealed class T5Config
{
    public int VocabSize { get; set; } = 32128;

    public int DModel { get; set; } = 512;

    public int DKv { get; set; } = 64;

    public int DFf { get; set; } = 2048;

    public int NumLayers { get; set; } = 6;

    public int? NumDecoderLayers { get; set; }

    public int NumHeads { get; set; } = 8;

    public int Buckets { get; set; } = 32;

    public bool TieWordEmbeddings { get; set; } = true;
}

/// <summary>T5: one embedding for the encoder, the decoder and, tied, the head; the first block of each has the table of relative positions.</summary>
[Lora(Rank = 2, Targets = ["q", "v"])]
internal sealed class T5 : Module<Tensor, Tensor, Tensor>
{
    private readonly Embedding shared;
    private readonly T5Stack encoder;
    private readonly T5Stack decoder;
    private readonly Linear lm_head;

    public T5(T5Config config)
        : base(nameof(T5))
    {
        shared = Embedding(config.VocabSize, config.DModel);
        encoder = new T5Stack(config, shared, is_decoder: false, config.NumLayers);
        decoder = new T5Stack(config, shared, is_decoder: true, config.NumDecoderLayers ?? config.NumLayers);
        lm_head = Linear(config.DModel, config.VocabSize, hasBias: false);
        if (config.TieWordEmbeddings)
            lm_head.weight = shared.weight!;
        RegisterComponents();
    }

    public override Tensor forward(Tensor ids, Tensor decoded) => lm_head.forward(decoder.forward(decoded, encoder.forward(ids, null)));
}

internal sealed class T5Stack : Module<Tensor, Tensor?, Tensor>
{
    private readonly Embedding embed_tokens;
    private readonly ModuleList<T5Block> block;
    private readonly RmsNorm final_layer_norm;

    public T5Stack(T5Config config, Embedding embed_tokens, bool is_decoder, int layers)
        : base(nameof(T5Stack))
    {
        this.embed_tokens = embed_tokens;
        block = new ModuleList<T5Block>(Enumerable.Range(0, layers).Select(i => new T5Block(config, is_decoder, hasPositions: i == 0)).ToArray());
        final_layer_norm = new RmsNorm(config.DModel);
        RegisterComponents();
    }

    public override Tensor forward(Tensor ids, Tensor? memory)
    {
        var x = embed_tokens.forward(ids);
        foreach (var each in block)
            x = each.forward(x, memory);
        return final_layer_norm.forward(x);
    }
}

internal sealed class T5Block : Module<Tensor, Tensor?, Tensor>
{
    private readonly ModuleList<Module> layer = new();
    private readonly bool is_decoder;

    public T5Block(T5Config config, bool is_decoder, bool hasPositions)
        : base(nameof(T5Block))
    {
        this.is_decoder = is_decoder;
        layer.Add(new T5Attention(config, hasPositions));
        if (is_decoder)
            layer.Add(new T5Attention(config, hasPositions: false));
        layer.Add(new T5FeedForward(config));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor? memory)
    {
        x = x + ((T5Attention)layer[0]).forward(x, null);
        if (is_decoder)
            x = x + ((T5Attention)layer[1]).forward(x, memory);
        return x + ((T5FeedForward)layer[layer.Count - 1]).forward(x);
    }
}

internal sealed class T5Attention : Module<Tensor, Tensor?, Tensor>
{
    private readonly Linear q, k, v, o;
    private readonly Embedding? relative_attention_bias;
    private readonly RmsNorm layer_norm;
    private readonly int n_heads;

    public T5Attention(T5Config config, bool hasPositions)
        : base(nameof(T5Attention))
    {
        n_heads = config.NumHeads;
        var inner = n_heads * config.DKv;
        q = Linear(config.DModel, inner, hasBias: false);
        k = Linear(config.DModel, inner, hasBias: false);
        v = Linear(config.DModel, inner, hasBias: false);
        o = Linear(inner, config.DModel, hasBias: false);
        if (hasPositions)
            relative_attention_bias = Embedding(config.Buckets, n_heads);
        layer_norm = new RmsNorm(config.DModel);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor? memory)
    {
        var normed = layer_norm.forward(x);
        var source = memory ?? normed;
        var scores = Heads(q.forward(normed)).matmul(Heads(k.forward(source)).transpose(2, 3));
        if (relative_attention_bias is not null)
        {
            var distances = (arange(x.shape[1]).unsqueeze(1) - arange(source.shape[1]).unsqueeze(0)).abs().clamp(0, 3);
            scores = scores + relative_attention_bias.forward(distances).permute(2, 0, 1);
        }

        return o.forward(scores.softmax(-1).matmul(Heads(v.forward(source))).transpose(1, 2).flatten(2));
    }

    private Tensor Heads(Tensor x) => x.view(x.shape[0], x.shape[1], n_heads, -1).transpose(1, 2);
}

internal sealed class T5FeedForward : Module<Tensor, Tensor>
{
    private readonly Linear wi, wo;
    private readonly RmsNorm layer_norm;

    public T5FeedForward(T5Config config)
        : base(nameof(T5FeedForward))
    {
        wi = Linear(config.DModel, config.DFf, hasBias: false);
        wo = Linear(config.DFf, config.DModel, hasBias: false);
        layer_norm = new RmsNorm(config.DModel);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => wo.forward(functional.relu(wi.forward(layer_norm.forward(x))));
}
