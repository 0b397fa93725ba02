using Models.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Llama;

/// <summary>Attention and feed-forward, each with normalized input and a residual sum.</summary>
public sealed class LlamaDecoderLayer : Module<Tensor, Rotation, Tensor, PastTokens, Tensor>
{
    private readonly RmsNorm input_layernorm;
    private readonly LlamaAttention self_attn;
    private readonly RmsNorm post_attention_layernorm;
    private readonly LlamaMlp mlp;

    public LlamaDecoderLayer(LlamaConfig config, int layer)
        : base(nameof(LlamaDecoderLayer))
    {
        input_layernorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        self_attn = new LlamaAttention(config, layer);
        post_attention_layernorm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        mlp = new LlamaMlp(config);
        RegisterComponents();
    }

    public override Tensor forward(Tensor hidden, Rotation rotation, Tensor mask, PastTokens past)
    {
        hidden = hidden + self_attn.call(input_layernorm.forward(hidden), rotation, mask, past);
        return hidden + mlp.forward(post_attention_layernorm.forward(hidden));
    }
}
