namespace LORA2003;

[Lora(Targets = [@"layers\.\d+\.q_proj"])]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly ModuleList<Block> layers = new(new Block(), new Block());

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => x;
}

public sealed class Block : Module<Tensor, Tensor>
{
    private readonly Linear q_proj = Linear(64, 64);
    private readonly Linear v_proj = Linear(64, 64);

    public Block() : base("Block") => RegisterComponents();

    public override Tensor forward(Tensor x) => x;
}
