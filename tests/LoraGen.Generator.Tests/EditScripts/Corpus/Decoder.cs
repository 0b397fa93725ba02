namespace Acme.Models;

[Lora(Rank = 8, Alpha = 16, Targets = ["q_proj", "v_proj", "layers.0.mlp.*"])]
[Lora(Name = "style", Rank = 4, Dropout = 0.1, Exclude = ["lm_head"])]
public sealed class Decoder : Module<Tensor, Tensor>
{
    private readonly Embedding embed_tokens;
    private readonly ModuleList<Block> layers = new();
    private readonly LayerNorm norm;

    [LoraIgnore]
    private readonly Linear lm_head;

    public Decoder(Sizes sizes) : base(nameof(Decoder))
    {
        embed_tokens = Embedding(sizes.Vocabulary, sizes.Width);
        for (var i = 0; i < sizes.Depth; i++)
            layers.Add(new Block(sizes.Width, Sizes.Heads));
        norm = LayerNorm(sizes.Width);
        lm_head = Linear(sizes.Width, sizes.Vocabulary, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor tokens)
    {
        var x = embed_tokens.forward(tokens);
        foreach (var layer in layers)
            x = layer.forward(x);
        return lm_head.forward(norm.forward(x));
    }
}
