using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LoraGen.Runtime.Tests.Models;

/// <summary>One layer of the goldens' toy.</summary>
internal sealed class Block : Module<Tensor, Tensor>
{
    private readonly LayerNorm ln1;
    private readonly Attn attn;
    private readonly LayerNorm ln2;
    private readonly Mlp mlp;

    public Block()
        : base(nameof(Block))
    {
        ln1 = LayerNorm(Toy.Width);
        attn = new Attn(Toy.Width, inner: 48, heads: 4);
        ln2 = LayerNorm(Toy.Width);
        mlp = new Mlp(Toy.Width, inner: 64);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var x = input + attn.forward(ln1.forward(input));
        return x + mlp.forward(ln2.forward(x));
    }
}
