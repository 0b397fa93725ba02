namespace LORA2019;

[Dora(Rank = 6, Targets = ["conv1", "conv2"])]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = Conv2d(3, 48, 3);
    private readonly Conv2d conv2 = Conv2d(48, 96, 3, groups: 3);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => conv2.forward(conv1.forward(x));
}
