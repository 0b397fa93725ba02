namespace LORA5005;

[Lora(Name = "style", Rank = 8, Alpha = 16, Targets = ["q_proj"])]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear q_proj = Linear(64, 64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => q_proj.forward(x);
}

