namespace LORA1024;

[Velora(Rank = 8, Groups = 64)]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(96, 64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.forward(x);
}
