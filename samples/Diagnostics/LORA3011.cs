namespace LORA3011;

public sealed class Block : Module<Tensor, Tensor>
{
    private readonly Conv2d conv = Conv2d(8, 8, 3);
    private readonly GroupNorm norm;

    public Block()
        : base("Block")
    {
        norm = GroupNorm(2, 8);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => norm.forward(conv.forward(x));
}
