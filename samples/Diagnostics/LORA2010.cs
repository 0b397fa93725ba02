namespace LORA2010;

[Lora(Targets = ["fc1", "norm"])]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc1 = Linear(64, 64);
    private readonly Linear fc2 = Linear(64, 64);
    private readonly LayerNorm norm = LayerNorm(64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => x;
}
