namespace LORA3005;

public sealed class Model : Module<Tensor, Tensor>
{
    private Linear head;

    public Model()
        : base("Model")
    {
        head = Linear(64, 10);
        RegisterComponents();
    }

    public void SetClasses(int count) => head = Linear(64, count);

    public override Tensor forward(Tensor x) => head.forward(x);
}
