namespace LORA1010;

[Lora]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}

public static class ModelLora
{
    public const int Rank = 8;
}
