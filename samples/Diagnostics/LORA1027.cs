namespace LORA1027;

[TrainableTokens(Tokens = [3, -1], Targets = ["words"])]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Embedding words = Embedding(1000, 64);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor x) => words.forward(x);
}
