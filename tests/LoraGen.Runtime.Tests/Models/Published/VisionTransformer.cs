using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models.Published;

internal sealed record VitConfig(
    int ImageSize = 224, int PatchSize = 16, int Dim = 768, int Depth = 12, int Heads = 12, double MlpRatio = 4.0, int NumClasses = 1000)
{
    public int NumPatches => ImageSize / PatchSize * (ImageSize / PatchSize);
}

/// <summary>ViT: a patch embedding, parameters of its own, a fused qkv, a head that is trained as a whole.</summary>
[Lora(Rank = 2, Targets = ["qkv", "attn.proj"])]
internal sealed class VisionTransformer : Module<Tensor, Tensor>
{
    private readonly Conv2d patch_embed;
    private readonly Parameter cls_token;
    private readonly Parameter pos_embed;
    private readonly Sequential blocks;
    private readonly LayerNorm norm;

    [Trainable]
    private readonly Linear head;

    public VisionTransformer(VitConfig cfg)
        : base(nameof(VisionTransformer))
    {
        patch_embed = Conv2d(3, cfg.Dim, cfg.PatchSize, stride: cfg.PatchSize);
        cls_token = Parameter(zeros(1, 1, cfg.Dim));
        pos_embed = Parameter(randn(1, cfg.NumPatches + 1, cfg.Dim) * 0.02);
        blocks = Sequential(Enumerable.Range(0, cfg.Depth).Select(i => (Module<Tensor, Tensor>)new VitBlock(cfg)).ToArray());
        norm = LayerNorm(cfg.Dim, eps: 1e-6);
        head = Linear(cfg.Dim, cfg.NumClasses);
        RegisterComponents();
    }

    public override Tensor forward(Tensor image)
    {
        var x = patch_embed.forward(image).flatten(2).transpose(1, 2);
        x = cat([cls_token.expand(x.shape[0], -1, -1), x], dim: 1) + pos_embed;
        return head.forward(norm.forward(blocks.forward(x)).select(1, 0));
    }
}

internal sealed class VitBlock : Module<Tensor, Tensor>
{
    private readonly LayerNorm norm1, norm2;
    private readonly VitAttention attn;
    private readonly Sequential mlp;

    public VitBlock(VitConfig cfg)
        : base(nameof(VitBlock))
    {
        var hidden = (int)(cfg.Dim * cfg.MlpRatio);
        norm1 = LayerNorm(cfg.Dim, eps: 1e-6);
        attn = new VitAttention(cfg.Dim, num_heads: cfg.Heads);
        norm2 = LayerNorm([cfg.Dim], eps: 1e-6);
        mlp = Sequential(("fc1", Linear(cfg.Dim, hidden)), ("act", GELU()), ("fc2", Linear(hidden, cfg.Dim)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = x + attn.forward(norm1.forward(x));
        return x + mlp.forward(norm2.forward(x));
    }
}

internal sealed class VitAttention : Module<Tensor, Tensor>
{
    private readonly int num_heads;
    private readonly Linear qkv;
    private readonly Linear proj;

    public VitAttention(int dim, int num_heads, bool qkv_bias = true)
        : base(nameof(VitAttention))
    {
        this.num_heads = num_heads;
        qkv = Linear(dim, dim * 3, hasBias: qkv_bias);
        proj = Linear(dim, dim);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var parts = qkv.forward(x).reshape(x.shape[0], x.shape[1], 3, num_heads, -1).permute(2, 0, 3, 1, 4);
        var mixed = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2]);
        return proj.forward(mixed.transpose(1, 2).flatten(2));
    }
}
