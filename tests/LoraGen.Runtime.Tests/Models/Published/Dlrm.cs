using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models.Published;

/// <summary>DLRM: a table for each category, two perceptrons from lists of sizes, products of all pairs between them.</summary>
[Lora(Rank = 2, Targets = ["emb_l.*", "bot_l.*", "top_l.*"])]
internal sealed class Dlrm : Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<Embedding> emb_l;
    private readonly Sequential bot_l;
    private readonly Sequential top_l;

    public Dlrm(int m_spa, int[] ln_emb, int[] ln_bot, int[] ln_top)
        : base(nameof(Dlrm))
    {
        emb_l = create_emb(m_spa, ln_emb);
        bot_l = create_mlp(ln_bot, sigmoid_layer: -1);
        top_l = create_mlp(ln_top, sigmoid_layer: ln_top.Length - 2);
        RegisterComponents();
    }

    public override Tensor forward(Tensor dense, Tensor sparse)
    {
        var x = bot_l.forward(dense);
        var all = new List<Tensor> { x };
        for (var k = 0; k < emb_l.Count; k++)
            all.Add(emb_l[k].forward(sparse.select(1, k)));
        var features = stack(all, 1);
        var products = bmm(features, features.transpose(1, 2));
        var flat = new List<Tensor> { x };
        for (var i = 1; i < all.Count; i++)
        {
            for (var j = 0; j < i; j++)
                flat.Add(products.select(1, i).narrow(1, j, 1));
        }

        return top_l.forward(cat(flat, 1));
    }

    private static ModuleList<Embedding> create_emb(int m, int[] ln)
    {
        var emb = new ModuleList<Embedding>();
        for (var i = 0; i < ln.Length; i++)
        {
            var n = ln[i];
            emb.Add(Embedding(n, m));
        }

        return emb;
    }

    private static Sequential create_mlp(int[] ln, int sigmoid_layer)
    {
        var layers = new List<Module<Tensor, Tensor>>();
        for (var i = 0; i < ln.Length - 1; i++)
        {
            layers.Add(Linear(ln[i], ln[i + 1], hasBias: true));
            if (i == sigmoid_layer)
                layers.Add(Sigmoid());
            else
                layers.Add(ReLU());
        }

        return Sequential(layers);
    }
}
