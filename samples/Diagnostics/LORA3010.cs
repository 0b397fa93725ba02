namespace LORA3010;

public sealed class Attention : Module<Tensor, Tensor, Tensor>
{
    private readonly Linear qkv = Linear(64, 192);

    public Attention() : base("Attention") => RegisterComponents();

    public override Tensor forward(Tensor x, Tensor isPadding)
    {
        var parts = qkv.forward(x).chunk(3, -1);
        var mask = zeros(x.shape[1], x.shape[1]).masked_fill(isPadding.unsqueeze(1), finfo(x.dtype).min);
        return functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], mask);
    }
}
