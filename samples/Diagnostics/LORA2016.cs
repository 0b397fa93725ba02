namespace LORA2016;

[Lora]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc1 = Linear(64, 64);
    private readonly BatchNorm1d norm;

    public Model(BatchNorm1d norm)
        : base("Model")
    {
        this.norm = norm;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => x;
}
