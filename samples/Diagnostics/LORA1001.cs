namespace LORA1001;

[Lora(Rank = 0, Alpha = 16)]
public sealed class Model() : Module<Tensor, Tensor>("Model")
{
    public override Tensor forward(Tensor x) => x;
}
