namespace LoraGen.Analyzers.Tests.Rules;

public sealed class CheckpointInContainerTests : RuleTests
{
    private const string Block = """

        [Checkpoint]
        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """;

    protected override string Id => "LORA1020";

    protected override string Message =>
        "Block has [Checkpoint], but the Sequential calls it in TorchSharp's own code, where no call can be intercepted; hold the blocks in a ModuleList and "
        + "call them in a loop, or checkpoint the Sequential as a whole";

    protected override IReadOnlyList<string> Fires =>
    [
        Model("Sequential({|LORA1020:new Block()|}, ReLU())"),
        Model("Sequential((\"first\", {|LORA1020:new Block()|}), (\"second\", Linear(64, 64)))"),
        Model("torch.nn.Sequential(new Module<Tensor, Tensor>[] { {|LORA1020:new Block()|}, {|LORA1020:new Block()|} })"),
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        Model("Sequential(Linear(64, 64), ReLU())"),
        Model("Sequential(new Block(), ReLU())").Replace("[Checkpoint]", string.Empty),
        Model("Wrapped(new Block())"),
        Model("Sequential(Wrapped(new Block()))"),
    ];

    private static string Model(string value) => $$"""
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Sequential seq = {{value}};

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => seq.forward(x);

            private static Sequential Wrapped(Block block) => Sequential(Linear(block is null ? 1 : 64, 64));
        }
        {{Block}}
        """;
}
