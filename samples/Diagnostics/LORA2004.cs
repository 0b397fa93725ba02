namespace LORA2004;

[Lora(Targets = ["dense"])]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly First first = new();
    private readonly Second second = new();

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => x;
}

public sealed class First : Module<Tensor, Tensor>
{
    private readonly Linear dense = Linear(64, 64);

    public First() : base("First") => RegisterComponents();

    public override Tensor forward(Tensor x) => x;
}

public sealed class Second : Module<Tensor, Tensor>
{
    private readonly Linear dense = Linear(64, 64);

    public Second() : base("Second") => RegisterComponents();

    public override Tensor forward(Tensor x) => x;
}
