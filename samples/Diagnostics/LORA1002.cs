namespace LORA1002;

[Lora(Rank = 8, Alpha = 0)]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}
