namespace LORA1002;

[Lora(Rank = 8, Alpha = 0)]
public sealed class Model() : Module<Tensor, Tensor>("Model")
{
    public override Tensor forward(Tensor x) => x;
}
