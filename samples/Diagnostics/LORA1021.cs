namespace LORA1021;

[Lora]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly ModuleList<Block> blocks = new(new Block(), new Block());

    public Model() : base(nameof(Model)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        foreach (var block in blocks)
            x = block.forward(x);
        return x;
    }
}

[Checkpoint(Every = 2)]
public sealed class Block : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);

    public Block() : base(nameof(Block)) => RegisterComponents();

    public override Tensor forward(Tensor x) => x + fc.forward(x).tanh();
}
