using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models.Published;

internal sealed class MixtralConfig
{
    public int HiddenSize { get; set; } = 4096;

    public int IntermediateSize { get; set; } = 14336;

    public int NumLocalExperts { get; set; } = 8;

    public int NumExpertsPerTok { get; set; } = 2;

    public int NumHiddenLayers { get; set; } = 32;

    public int NumAttentionHeads { get; set; } = 32;

    public int NumKeyValueHeads { get; set; } = 8;

    public int VocabSize { get; set; } = 32000;
}

/// <summary>A mixture of experts: a list of them, and a gate in a ModuleDict; shared keys and values, rotary positions as a buffer.</summary>
[Lora(Rank = 2, Targets = ["q_proj", "v_proj", "w1", "w2", "w3"], Exclude = ["gate"])]
internal sealed class Mixtral : Module<Tensor, Tensor>
{
    private readonly Embedding embed_tokens;
    private readonly ModuleList<MixtralLayer> layers;
    private readonly RmsNorm norm;
    private readonly Linear lm_head;

    public Mixtral(MixtralConfig config)
        : base(nameof(Mixtral))
    {
        embed_tokens = Embedding(config.VocabSize, config.HiddenSize);
        layers = ModuleList(Enumerable.Range(0, config.NumHiddenLayers).Select(_ => new MixtralLayer(config)).ToArray());
        norm = new RmsNorm(config.HiddenSize);
        lm_head = Linear(config.HiddenSize, config.VocabSize, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor ids)
    {
        var x = embed_tokens.forward(ids);
        foreach (var layer in layers)
            x = layer.forward(x);
        return lm_head.forward(norm.forward(x));
    }
}

internal sealed class MixtralLayer : Module<Tensor, Tensor>
{
    private readonly Linear q_proj, k_proj, v_proj, o_proj;
    private readonly RmsNorm input_layernorm, post_attention_layernorm;
    private readonly ModuleDict<Linear> router;
    private readonly ModuleList<MixtralExpert> experts = new();
    private readonly Tensor angles;
    private readonly int heads, kv_heads, head_dim, top_k;

    public MixtralLayer(MixtralConfig c)
        : base(nameof(MixtralLayer))
    {
        (heads, kv_heads, top_k) = (c.NumAttentionHeads, c.NumKeyValueHeads, c.NumExpertsPerTok);
        head_dim = c.HiddenSize / heads;
        q_proj = Linear(c.HiddenSize, heads * head_dim, hasBias: false);
        k_proj = Linear(c.HiddenSize, kv_heads * head_dim, hasBias: false);
        v_proj = Linear(c.HiddenSize, kv_heads * head_dim, hasBias: false);
        o_proj = Linear(heads * head_dim, c.HiddenSize, hasBias: false);
        router = new ModuleDict<Linear>();
        router.Add("gate", Linear(c.HiddenSize, c.NumLocalExperts, hasBias: false));
        for (var e = 0; e < c.NumLocalExperts; e++)
            experts.Add(new MixtralExpert(c));
        input_layernorm = new RmsNorm(c.HiddenSize);
        post_attention_layernorm = new RmsNorm(c.HiddenSize);
        angles = PrecomputeAngles(head_dim, 16);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var normed = input_layernorm.forward(x);
        var q = Rotate(Heads(q_proj.forward(normed), heads));
        var k = Rotate(Heads(k_proj.forward(normed), kv_heads)).repeat_interleave(heads / kv_heads, 1);
        var v = Heads(v_proj.forward(normed), kv_heads).repeat_interleave(heads / kv_heads, 1);
        x = x + o_proj.forward(functional.scaled_dot_product_attention(q, k, v, is_casual: true).transpose(1, 2).flatten(2));
        return x + Mixed(post_attention_layernorm.forward(x));
    }

    private static Tensor PrecomputeAngles(int headDim, int length, double theta = 10000)
    {
        var steps = arange(0, headDim, 2).to(float32);
        var inverse = 1.0 / pow(theta, steps / headDim);
        return outer(arange(length).to(float32), inverse);
    }

    private Tensor Heads(Tensor x, int count) => x.view(x.shape[0], x.shape[1], count, head_dim).transpose(1, 2);

    private Tensor Rotate(Tensor x)
    {
        var angle = angles.narrow(0, 0, x.shape[2]);
        var halves = x.chunk(2, dim: -1);
        return cat([(halves[0] * angle.cos()) - (halves[1] * angle.sin()), (halves[0] * angle.sin()) + (halves[1] * angle.cos())], -1);
    }

    private Tensor Mixed(Tensor x)
    {
        var (shares, chosen) = functional.softmax(router["gate"].forward(x), -1).topk(top_k, dim: -1);
        var result = zeros_like(x);
        for (var e = 0; e < experts.Count; e++)
            result = result + (experts[e].forward(x) * (chosen.eq(e).to(float32) * shares).sum(-1, keepdim: true));
        return result;
    }
}

internal sealed class MixtralExpert : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> w1, w2, w3;

    public MixtralExpert(MixtralConfig config)
        : base(nameof(MixtralExpert))
    {
        w1 = Linear(config.HiddenSize, config.IntermediateSize, hasBias: false);
        w2 = Linear(config.IntermediateSize, config.HiddenSize, hasBias: false);
        w3 = Linear(config.HiddenSize, config.IntermediateSize, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => w2.forward(functional.silu(w1.forward(x)) * w3.forward(x));
}

/// <summary>x over its root mean square, scaled.</summary>
internal sealed class RmsNorm : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly double eps;

    public RmsNorm(int size, double eps = 1e-6)
        : base(nameof(RmsNorm))
    {
        this.eps = eps;
        weight = Parameter(ones(size));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => x * rsqrt(x.pow(2).mean([-1], keepdim: true) + eps) * weight;
}
