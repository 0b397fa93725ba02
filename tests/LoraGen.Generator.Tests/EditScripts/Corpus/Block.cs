using Acme.Layers;

namespace Acme.Models;

public class Block : Module<Tensor, Tensor>
{
    private readonly LayerNorm input_norm;
    private readonly LayerNorm output_norm;
    private readonly Attention self_attn;
    private readonly FeedForward mlp;

    public Block(int width, int heads) : base("Block")
    {
        input_norm = LayerNorm(width);
        output_norm = LayerNorm(width);
        self_attn = new Attention(width, heads);
        mlp = new FeedForward(width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = x + self_attn.forward(input_norm.forward(x));
        return x + mlp.forward(output_norm.forward(x));
    }
}
