namespace LORA1017;

[Lora(AllowUnreached = typeof(Expert))]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly ModuleList<Expert> experts = new(new Expert(), new Expert());

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => experts[0].forward(x);
}

public sealed class Expert : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);

    public Expert() : base("Expert") => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}
