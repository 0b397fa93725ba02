namespace LORA3008;

public sealed class Model : Module<Tensor, Tensor>
{
    private readonly ModuleList<Linear> layers = new();

    public Model(int count)
        : base("Model")
    {
        RegisterComponents();
        for (var i = 0; i < count; i++)
            layers.Add(Linear(64, 64));
    }

    public override Tensor forward(Tensor x)
    {
        foreach (var layer in layers)
            x = layer.forward(x);
        return x;
    }
}
