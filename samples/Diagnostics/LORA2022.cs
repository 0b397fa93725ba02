namespace LORA2022;

[PromptTuning(Tokens = 20)]
public sealed class Model : Module<Tensor, Tensor>
{
    private readonly Embedding embedding = Embedding(100, 64);
    private readonly Linear head = Linear(64, 100);

    public Model() : base("Model") => RegisterComponents();

    public override Tensor forward(Tensor ids) => head.forward(embedding.forward(ids));
}
