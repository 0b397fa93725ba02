namespace LORA1031;

[PTuning(Tokens = 20, EncoderLayers = 4)]
public sealed class Model : Module<Tensor, Tensor>, IPromptable
{
    private readonly Embedding embedding = Embedding(100, 64);
    private readonly Linear head = Linear(64, 100);

    public Model() : base("Model") => RegisterComponents();

    public long EmbeddingWidth => 64;

    public override Tensor forward(Tensor ids)
    {
        var prompted = VirtualTokens.Prepend(this, embedding.forward(ids));
        return head.forward(prompted.Embeddings);
    }
}
