namespace LORA1007;

[Lora(Rank = 8, InitB = LoraInit.Gaussian)]
public sealed class Model() : Module<Tensor, Tensor>("Model")
{
    public override Tensor forward(Tensor x) => x;
}
