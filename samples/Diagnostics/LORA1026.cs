namespace LORA1026;

[Freeze]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear body = Linear(64, 64);
    private readonly Linear head = Linear(64, 2);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => head.forward(body.forward(x));
}
