namespace LORA1014;

[Lora(Rank = 8)]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(64, 64);
    [Lora(Rank = 4)] private readonly LayerNorm norm = LayerNorm(64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => norm.forward(fc.forward(x));
}
