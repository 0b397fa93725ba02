namespace LORA2002;

[Lora(Targets = ["q_proj", "v_proj"])]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly First first = new();
    private readonly Second second = new();

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => x;
}

public abstract class Attention(string name) : Module<Tensor, Tensor>(name)
{
    protected readonly Linear q_proj = Linear(64, 64);
}

public sealed class First : Attention
{
    private readonly Linear v_proj = Linear(64, 64);

    public First() : base("First") => RegisterComponents();

    public override Tensor forward(Tensor x) => x;
}

public sealed class Second : Attention
{
    private readonly Linear kv_proj = Linear(64, 64);

    public Second() : base("Second") => RegisterComponents();

    public override Tensor forward(Tensor x) => x;
}
