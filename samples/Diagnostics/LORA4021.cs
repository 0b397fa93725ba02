namespace LORA4021;

[Checkpoint]
public sealed class Block : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);

    public Block() : base(nameof(Block)) => RegisterComponents();

    public override Tensor forward(Tensor x) => x + fc.forward(x).tanh();
}

static class Saliency
{
    public static Tensor Of(Block block, Tensor x)
    {
        x.requires_grad_(true);
        return autograd.grad(new[] { block.forward(x).sum() }, new[] { x })[0];
    }
}
