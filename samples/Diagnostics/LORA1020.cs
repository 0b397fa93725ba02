namespace LORA1020;

[Lora]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Sequential blocks = Sequential(new Block(), new Block());

    public Model() : base(nameof(Model)) => RegisterComponents();

    public override Tensor forward(Tensor x) => blocks.forward(x);
}

[Checkpoint]
public sealed class Block : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);

    public Block() : base(nameof(Block)) => RegisterComponents();

    public override Tensor forward(Tensor x) => x + fc.forward(x).tanh();
}
