namespace LORA1035;

[Bottleneck(After = ["down"], Scale = 0)]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear up = Linear(64, 256);
    private readonly Linear down = Linear(256, 64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => x + down.forward(up.forward(x));
}
