namespace LORA2013;

[Lora]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Parameter weight = new(randn(64, 64));
    private readonly Linear fc1 = Linear(64, 64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => functional.linear(fc1.forward(x), weight);
}
