namespace LORA1010;

[Lora]
public sealed class Model() : Module<Tensor, Tensor>("Model")
{
    public override Tensor forward(Tensor x) => x;
}

public static class ModelLora
{
    public const int Rank = 8;
}
