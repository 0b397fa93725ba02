namespace Acme.Vision
{
    public partial class Patches : Module<Tensor, Tensor>
    {
        private readonly Linear embed = Linear(PatchSize * PatchSize, Width);

        public Patches() : base("Patches")
        {
            body = Sequential(("norm", LayerNorm(Width)), ("fc", Linear(Width, Width)), ("act", GELU()));
            stem = new Acme.Layers.FeedForward(Width);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => head.forward(body.forward(stem.forward(embed.forward(x))));
    }
}
