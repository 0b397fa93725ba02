using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>A decoder-only language model of the Llama kind. Its sizes matter here, its mathematics does not: it is never run.</summary>
[Lora(Rank = 8, Alpha = 16, Targets = ["q_proj", "k_proj", "v_proj"])]
[Lora(Name = "r32", Rank = 32, Targets = ["q_proj", "v_proj"])]
[Lora(Name = "r64", Rank = 64, Targets = ["q_proj", "v_proj"])]
[Lora(Name = "picky", Rank = 4, Targets = ["layers.0.*", "down_proj"], Exclude = ["gate_proj", "layers.1.mlp.down_proj"])]
[Lora(Name = "everything")]
internal sealed class CausalModel : Module<Tensor, Tensor>
{
    private readonly Decoder model;
    private readonly Linear lm_head;

    public CausalModel(CausalConfig config)
        : base(nameof(CausalModel))
    {
        model = new Decoder(config);
        lm_head = Linear(config.Hidden, config.Vocabulary, hasBias: false);
        if (config.TieEmbeddings)
            lm_head.weight = model.EmbedTokens.weight!;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => throw new NotSupportedException();
}

/// <summary>Embedding, blocks, norm.</summary>
internal sealed class Decoder : Module<Tensor, Tensor>
{
    private readonly ModuleList<DecoderLayer> layers = [];
    private readonly RmsNorm norm;

    public Decoder(CausalConfig config)
        : base(nameof(Decoder))
    {
        ArgumentNullException.ThrowIfNull(config);
        EmbedTokens = Embedding(config.Vocabulary, config.Hidden);
        for (var i = 0; i < config.Layers; i++)
            layers.Add(new DecoderLayer(config));
        norm = new RmsNorm(config.Hidden, eps: 1e-6);
        RegisterComponents();
    }

    public Embedding EmbedTokens { get; }

    public override Tensor forward(Tensor input) => throw new NotSupportedException();
}

/// <summary>One block.</summary>
internal sealed class DecoderLayer : Module<Tensor, Tensor>
{
    private readonly CausalAttention self_attn;
    private readonly GatedMlp mlp;
    private readonly RmsNorm input_layernorm;
    private readonly RmsNorm post_attention_layernorm;

    public DecoderLayer(CausalConfig config)
        : base(nameof(DecoderLayer))
    {
        self_attn = new CausalAttention(config);
        mlp = new GatedMlp(config.Hidden, config.Intermediate);
        (input_layernorm, post_attention_layernorm) = (new RmsNorm(config.Hidden), new RmsNorm(config.Hidden));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => throw new NotSupportedException();
}

/// <summary>Grouped-query attention.</summary>
internal sealed class CausalAttention : Module<Tensor, Tensor>
{
    private readonly int heads;
    private readonly int keyValueHeads;
    private readonly double scale;
    private readonly Linear q_proj;
    private readonly Linear k_proj;
    private readonly Linear v_proj;
    private readonly Linear o_proj;

    public CausalAttention(CausalConfig config)
        : base(nameof(CausalAttention))
    {
        if (config.Hidden % config.Heads != 0)
            throw new ArgumentException("The heads must share the width evenly.", nameof(config));

        var head = config.HeadDim;
        heads = config.Heads;
        keyValueHeads = config.KeyValueHeads ?? heads;
        scale = 1 / Math.Sqrt(head);
        q_proj = Linear(config.Hidden, heads * head, hasBias: config.AttentionBias);
        k_proj = Linear(config.Hidden, keyValueHeads * head, hasBias: config.AttentionBias);
        v_proj = Linear(config.Hidden, keyValueHeads * head, hasBias: config.AttentionBias);
        o_proj = Linear(heads * head, config.Hidden, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => throw new NotSupportedException($"{scale}");
}

/// <summary>A gated feed-forward part.</summary>
internal sealed class GatedMlp(int hidden, int intermediate) : Module<Tensor, Tensor>(nameof(GatedMlp))
{
    private readonly Linear gate_proj = Linear(hidden, intermediate, hasBias: false);
    private readonly Linear up_proj = Linear(hidden, intermediate, hasBias: false);
    private readonly Linear down_proj = Linear(intermediate, hidden, hasBias: false);
    private readonly SiLU act_fn = SiLU();

    public override Tensor forward(Tensor input) => throw new NotSupportedException();
}

/// <summary>A norm with a weight of its own.</summary>
internal sealed class RmsNorm : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly double epsilon;

    public RmsNorm(long width, double eps = 1e-5)
        : base(nameof(RmsNorm))
    {
        epsilon = eps;
        weight = new Parameter(ones(width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => throw new NotSupportedException($"{epsilon}");
}
