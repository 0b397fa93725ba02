namespace LoraGen.Analyzers.Tests.Rules;

public sealed class EntryMatchesNoSiteTests : FixableRuleTests
{
    private const string Model = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear up = Linear(64, 64);
            private readonly Linear down_proj = Linear(64, 64);
            private readonly Embedding emb = Embedding(8, 64);
            private readonly ModuleList<Mlp> layers = new(new Mlp(), new Mlp());
            private readonly ModuleList<Linear> heads = new(Linear(64, 64));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Mlp : Module<Tensor, Tensor>
        {
            private readonly Linear fc_out = Linear(64, 64);

            public Mlp() : base("Mlp") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    protected override string Id => "LORA2020";

    protected override string Message =>
        "FeedForward \"down_prj\" matches none of the adapted layers; nearest: down_proj, up, layers.*.fc_out";

    [Theory]
    [InlineData("emb", "FeedForward \"emb\" matches none of the adapted layers; emb is not adapted: add it to Targets, or remove it here")]
    [InlineData("layers", "FeedForward \"layers\" matches none of the adapted layers; it names a module that holds layers: write \"layers.*\"")]
    [InlineData("^layers.[0-9]+.fc_out$", "FeedForward \"^layers.[0-9]+.fc_out$\" matches none of the adapted layers; "
        + "entries are names with * for any characters: write \"layers.*.fc_out\"")]
    [InlineData("hands.0", "FeedForward \"hands.0\" matches none of the adapted layers; nearest: heads.*, up, down_proj")]
    public async Task Says_what_to_write(string entry, string message)
    {
        Assert.Equal(message, await MessageOf($"[Ia3(FeedForward = [\"{entry}\"])]\n{Model}"));
    }

    protected override IReadOnlyList<string> Fires =>
    [
        "[Ia3(FeedForward = [{|LORA2020:\"down_prj\"|}])]\n" + Model,
        "[assembly: Ia3(typeof(Model), Targets = [\"up\", \"layers.*\"], FeedForward = new[] { \"fc_out\", {|LORA2020:\"down_proj\"|} })]\n\n" + Model,
        "[Ia3(Exclude = [\"up\"], FeedForward = [{|LORA2020:\"up\"|}, {|LORA2020:\"nothing\"|}])]\n" + Model,
        "[Lora(AllowUnreached = new[] { \"up\", {|LORA2020:\"down_porj\"|} })]\n" + Model,
        "[Lora(AllowUnreached = {|LORA2020:\"down_porj\"|})]\n" + Model,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        "[Lora(AllowUnreached = true)]\n" + Model,
        "[Lora(AllowUnreached = new[] { \"heads.*\", \"fc_out\" })]\n" + Model,
        "[Ia3(FeedForward = [\"down_proj\", \"layers.*.fc_out\", \"layers.1.fc_out\", \"heads.0\", \"*out\"])]\n" + Model,
        "[Ia3]\n" + Model,
        // Only an attribute on the layer asks for it.
        "[Ia3(Targets = [\"up\"], FeedForward = [\"down_proj\"])]\n" + Model.Replace("private readonly Linear down", "[Ia3] private readonly Linear down"),
        // Where nothing is adapted, another rule says so.
        "[Ia3(Exclude = [\"*\"], FeedForward = [\"nothing\"])]\n" + Model,
        // There may be more in it.
        """
        [Ia3(FeedForward = ["inner.fc"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Module<Tensor, Tensor> inner;

            public Model(Module<Tensor, Tensor> given)
                : base("Model")
            {
                inner = given;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => inner.forward(fc.forward(x));
        }
        """,
        // On a member the paths are those of the model that it is in.
        """
        [Ia3]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Ia3(FeedForward = ["block.fc"])] private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        ("[Ia3(FeedForward = [\"down_prj\"])]\n" + Model, "[Ia3(FeedForward = [\"down_proj\"])]\n" + Model),
        ("[Ia3(FeedForward = [\"up\", \"layers\"])]\n" + Model, "[Ia3(FeedForward = [\"up\", \"layers.*\"])]\n" + Model),
        ("[Ia3(FeedForward = [@\"layers\\.\\d+\\.fc_out\"])]\n" + Model, "[Ia3(FeedForward = [\"layers.*.fc_out\"])]\n" + Model),
        ("[Ia3(FeedForward = [\"heds.0\"])]\n" + Model, "[Ia3(FeedForward = [\"heads.*\"])]\n" + Model),
    ];
}
