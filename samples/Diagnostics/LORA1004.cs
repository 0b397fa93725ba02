namespace LORA1004;

[Lora(Rank = 64, Alpha = 128, RankStabilized = true)]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(512, 512);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}
