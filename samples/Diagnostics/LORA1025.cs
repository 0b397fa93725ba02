namespace LORA1025;

[Lora(Rank = 8, BiasB = true)]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64, hasBias: false);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}
