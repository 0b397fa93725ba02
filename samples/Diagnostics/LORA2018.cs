namespace LORA2018;

[Lora]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc1 = Linear(64, 64);
    private readonly List<Hidden> blocks;

    private Model(Hidden hidden)
        : base("Model")
    {
        blocks = [hidden];
        RegisterComponents();
    }

    public static Model Create() => new(new Hidden());

    public override Tensor forward(Tensor x) => x;

    private sealed class Hidden() : Module<Tensor, Tensor>("Hidden")
    {
        private readonly Linear fc = Linear(64, 64);

        public override Tensor forward(Tensor x) => fc.forward(x);
    }
}
