using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>The goldens' toy language model: [batch, time] of ids → logits.</summary>
[Dora(Rank = 8, Alpha = 16, Targets = ["emb", "head"])]
[TrainableTokens(Tokens = [3, 17, 41], Targets = ["emb"])]
[Lora(Rank = 8, Alpha = 16, Targets = ["emb", "head", "q_proj", "v_proj"])]
internal sealed class ToyEmb : Module<Tensor, Tensor>
{
    private const long Vocabulary = 50;

    private readonly Embedding emb;
    private readonly ModuleList<Block> layers;
    private readonly Linear head;

    public ToyEmb()
        : base(nameof(ToyEmb))
    {
        emb = Embedding(Vocabulary, Toy.Width);
        layers = ModuleList(new Block());
        head = Linear(Toy.Width, Vocabulary, hasBias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor ids)
    {
        var x = emb.forward(ids);
        foreach (var layer in layers)
            x = layer.forward(x);
        return head.forward(x);
    }
}
