namespace LORA3004;

public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc;

    public Model()
        : base("Model")
    {
        fc = Linear(64, 64);
        RegisterComponents();
        register_module("fc", fc);
    }

    public override Tensor forward(Tensor x) => fc.forward(x);
}
