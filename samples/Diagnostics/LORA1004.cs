namespace LORA1004;

[Lora(Rank = 64, Alpha = 128, RankStabilized = true)]
public sealed class Model() : Module<Tensor, Tensor>("Model")
{
    public override Tensor forward(Tensor x) => x;
}
