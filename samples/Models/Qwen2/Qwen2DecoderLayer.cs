using Models.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Qwen2;

/// <summary>Attention and feed-forward, each with normalized input and a residual sum.</summary>
public sealed class Qwen2DecoderLayer : Module<Tensor, Rotation, Tensor, PastTokens, Tensor>
{
    private readonly RmsNorm input_layernorm;
    private readonly Qwen2Attention self_attn;
    private readonly RmsNorm post_attention_layernorm;
    private readonly Qwen2Mlp mlp;

    public Qwen2DecoderLayer(Qwen2Config config, int layer)
        : base(nameof(Qwen2DecoderLayer))
    {
        input_layernorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        self_attn = new Qwen2Attention(config, layer);
        post_attention_layernorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        mlp = new Qwen2Mlp(config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, Rotation rotation, Tensor mask, PastTokens past)
    {
        hidden = hidden + self_attn.call(input_layernorm.forward(hidden), rotation, mask, past);
        return hidden + mlp.forward(post_attention_layernorm.forward(hidden));
    }
}
