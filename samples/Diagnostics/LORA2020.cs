namespace LORA2020;

[Ia3(Targets = ["k_proj", "v_proj", "down_proj"], FeedForward = ["down_porj"])]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Linear k_proj = Linear(64, 64);
    private readonly Linear v_proj = Linear(64, 64);
    private readonly Linear down_proj = Linear(128, 64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => x;
}
