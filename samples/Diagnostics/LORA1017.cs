namespace LORA1017;

[Lora]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc1;

    public Model()
        : base("Model")
    {
        fc1 = Linear(64, int.Parse(Environment.GetEnvironmentVariable("WIDTH") ?? "64"));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => fc1.forward(x);
}
