namespace LORA1018;

[AdaLora(InitialRank = 8, TargetRank = 8, TotalSteps = 1000)]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}
