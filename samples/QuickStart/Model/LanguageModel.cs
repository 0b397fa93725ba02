using LoraGen;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace QuickStart.Model;

/// <summary>A small GPT: token ids [batch, time] to the logits of each next token [batch, time, vocabulary].</summary>
[Lora(Rank = 8, Alpha = 16, Targets = ["q_proj", "k_proj", "v_proj", "o_proj", "up_proj", "down_proj"])]
internal sealed class LanguageModel : Module<Tensor, Tensor>
{
    private readonly Embedding tokens;
    private readonly Embedding positions;
    private readonly ModuleList<Block> blocks;
    private readonly LayerNorm norm;
    private readonly Linear head;

    public LanguageModel(TransformerConfig config)
        : base(nameof(LanguageModel))
    {
        Config = config;
        tokens = Embedding(config.Vocabulary, config.Width);
        positions = Embedding(config.Context, config.Width);
        blocks = new ModuleList<Block>();
        for (var i = 0; i < config.Layers; i++)
            blocks.Add(new Block(config));
        norm = LayerNorm(config.Width);
        head = Linear(config.Width, config.Vocabulary, hasBias: false);
        RegisterComponents();
    }

    public TransformerConfig Config { get; }

    public override Tensor forward(Tensor ids)
    {
        var x = tokens.forward(ids) + positions.forward(arange(ids.shape[1], device: ids.device));
        foreach (var block in blocks)
            x = block.forward(x);
        return head.forward(norm.forward(x));
    }
}
