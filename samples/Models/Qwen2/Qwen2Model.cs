using LoraGen;
using Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Qwen2;

/// <summary>Everything but the head.</summary>
public sealed class Qwen2Model : Module<Tensor, Tensor?, Tensor?, KeyValueCache?, Tensor>
{
    private readonly Embedding embed_tokens;
    private readonly ModuleList<Qwen2DecoderLayer> layers;
    private readonly RmsNorm norm;
    private readonly RotaryEmbedding rotary;

    public Qwen2Model(Qwen2Config config)
        : base(nameof(Qwen2Model))
    {
        embed_tokens = Embedding(config.VocabSize, config.HiddenSize);
        layers = new ModuleList<Qwen2DecoderLayer>();
        for (var i = 0; i < config.NumHiddenLayers; i++)
            layers.Add(new Qwen2DecoderLayer(config, i));
        norm = new RmsNorm(config.HiddenSize, config.RmsNormEps);
        rotary = new RotaryEmbedding(config.HeadDim, config.RopeTheta, config.RopeScaling);
        RegisterComponents();
    }

    /// <summary>The embeddings [vocabulary, width], which are also the head's weight if it is tied.</summary>
    internal Tensor EmbeddingWeight => embed_tokens.weight!;

    /// <summary>As <see cref="Qwen2ForCausalLM.forward"/>, to the hidden states [batch, time, width].</summary>
    public override Tensor forward(Tensor ids, Tensor? attentionMask, Tensor? positions, KeyValueCache? cache)
    {
        var prompted = VirtualTokens.Prepend(this, embed_tokens.forward(ids), attentionMask, positions, cache?.Length ?? 0);
        var hidden = prompted.Embeddings;
        var mask = CausalMask.Of(hidden, prompted.Past, prompted.Mask);
        var end = prompted.Past + hidden.shape[1];
        var rotation = rotary.At(prompted.Positions ?? arange(prompted.Past, end, device: ids.device).unsqueeze(0), hidden.dtype);
        var past = new PastTokens(prompted.Prefix, cache);
        foreach (var layer in layers)
            hidden = layer.call(hidden, rotation, mask, past);
        return norm.forward(hidden);
    }
}
