namespace LORA1013;

[Lora(Rank = 8, Dropout = 0.1, Reparametrize = true)]
public sealed class Model() : Module<Tensor, Tensor>("Model")
{
    public override Tensor forward(Tensor x) => x;
}
