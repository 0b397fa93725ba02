namespace LORA2023;

[Lora(Base = Quantization.Nf4)]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => functional.linear(x, fc.weight, fc.bias);
}
