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
        var hidden = embed_tokens.forward(ids);
        var past = cache?.Length ?? 0;
        var mask = CausalMask.Of(hidden, past, attentionMask);
        positions ??= arange(past, past + ids.shape[1], device: ids.device).unsqueeze(0);
        var rotation = rotary.At(positions, hidden.dtype);
        foreach (var layer in layers)
            hidden = layer.call(hidden, rotation, mask, cache);
        return norm.forward(hidden);
    }
}
