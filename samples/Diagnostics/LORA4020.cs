namespace LORA4020;

[Checkpoint]
public sealed class Block : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);
    private readonly BatchNorm1d norm = BatchNorm1d(64);

    public Block() : base(nameof(Block)) => RegisterComponents();

    public override Tensor forward(Tensor x) => norm.forward(fc.forward(x));
}
