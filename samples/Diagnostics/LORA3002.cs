namespace LORA3002;

public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc;
    private readonly Linear head;

    public Model()
        : base("Model")
    {
        fc = Linear(64, 64);
        RegisterComponents();
        head = Linear(64, 10);
    }

    public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
}
