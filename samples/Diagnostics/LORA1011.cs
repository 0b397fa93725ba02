namespace LORA1011;

[Lora(Rank = 8)]
public sealed class Block : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);

    public Block() : base("Block") => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}

[Lora(Rank = 8)]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Block block = new();

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => block.forward(x);
}
