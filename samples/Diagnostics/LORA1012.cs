namespace LORA1012;

[Lora(Targets = ["fc"])]
public sealed class Model : Module<Tensor, Tensor>
{
    [Lora(Rank = 4, Exclude = ["head"])] private readonly Linear fc = Linear(64, 64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}
