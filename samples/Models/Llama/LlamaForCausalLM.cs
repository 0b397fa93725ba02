using LoraGen;
using Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Models.Llama;

/// <summary>Llama (arXiv:2302.13971) and its successors, 3.x with their scaled rotary embedding included, with the head that predicts the next token.</summary>
[Lora(Rank = 8, Alpha = 16, Targets = ["q_proj", "k_proj", "v_proj"])]
public sealed class LlamaForCausalLM : Module<Tensor, Tensor?, Tensor?, KeyValueCache?, Tensor>, IPromptable, IPrefixable
{
    private readonly LlamaModel model;
    private readonly Linear? lm_head;

    public LlamaForCausalLM(LlamaConfig config)
        : base(nameof(LlamaForCausalLM))
    {
        Config = config;
        model = new LlamaModel(config);
        if (!config.TieWordEmbeddings)
            lm_head = Linear(config.HiddenSize, config.VocabSize, hasBias: false);
        RegisterComponents();
    }

    public LlamaConfig Config { get; }

    long IPromptable.EmbeddingWidth => Config.HiddenSize;

    Tensor? IPromptable.TokenEmbeddings => model.EmbeddingWeight;

    int IPrefixable.AttentionLayers => Config.NumHiddenLayers;

    long IPrefixable.KeyValueHeads => Config.NumKeyValueHeads;

    long IPrefixable.HeadSize => Config.HeadDim;

    /// <param name="ids">Tokens [batch, time]; with a cache, those that it does not hold yet.</param>
    /// <param name="attentionMask">
    /// [batch, all tokens], 0 for padding; or which tokens each token attends to, [batch, 1, time, all tokens]; null for no mask.
    /// </param>
    /// <param name="positions">[batch, time]; null: counted from the first token, including padding, as in transformers.</param>
    /// <param name="cache">Stores the tokens' keys and values; null if the whole text is passed.</param>
    /// <returns>The logits of each next token, [batch, time, vocabulary].</returns>
    public override Tensor forward(Tensor ids, Tensor? attentionMask, Tensor? positions, KeyValueCache? cache)
    {
        var hidden = model.call(ids, attentionMask, positions, cache);
        return lm_head is null ? functional.linear(hidden, model.EmbeddingWeight) : lm_head.forward(hidden);
    }
}
