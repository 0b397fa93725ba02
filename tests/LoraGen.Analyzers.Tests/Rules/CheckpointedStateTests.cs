namespace LoraGen.Analyzers.Tests.Rules;

public sealed class CheckpointedStateTests : RuleTests
{
    protected override string Id => "LORA4020";

    protected override string Message =>
        "A checkpointed block runs twice in each step: count is changed by both runs; return the value from the block, or change it where the block is called";

    protected override IReadOnlyList<string> Fires =>
    [
        Block("[Checkpoint]", "private int count;", "{|LORA4020:count++|};"),
        Block("[Checkpoint]", "public Tensor? Seen { get; set; }", "{|LORA4020:this.Seen = x|};"),
        Block("[Checkpoint]", "private readonly BatchNorm1d {|LORA4020:norm|} = BatchNorm1d(64);", "x = norm.forward(x);"),
        Block(string.Empty, "private readonly BatchNorm2d norm = BatchNorm2d(64);", "x = norm.forward(x);").Replace("/*member*/", "[Checkpoint]")
            .Replace("blocks =", "{|LORA4020:blocks|} ="),
        Block("[Checkpoint]", "private readonly InstanceNorm1d {|LORA4020:norm|} = InstanceNorm1d(64, track_running_stats: true);", "x = norm.forward(x);"),
        Block(string.Empty, "private readonly BatchNorm1d norm = BatchNorm1d(64);", "x = norm.forward(x);")
            .Replace("[Lora]", "[{|LORA4020:Lora(Checkpoint = new[] { \"blocks.*\" })|}]"),
        "[assembly: {|LORA4020:Lora(typeof(Model), Checkpoint = new[] { \"blocks.0\" })|}]\n"
            + Block(string.Empty, "private readonly TorchSharp.Modules.Sequential norms = Sequential(BatchNorm1d(64));", "x = norms.forward(x);")
                .Replace("[Lora]", string.Empty),
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        Block(string.Empty, "private int count;", "count++;"),
        Block("[Checkpoint]", "private readonly LayerNorm norm = LayerNorm(64);", "var y = x; y = norm.forward(y); x = y;"),
        Block("[Checkpoint]", "private int count; public void Count() => count++;", string.Empty),
        Block(string.Empty, "private readonly BatchNorm1d norm = BatchNorm1d(64);", "x = norm.forward(x);"),
        Block("[Checkpoint]", "private readonly BatchNorm1d norm = BatchNorm1d(64, track_running_stats: false);", "x = norm.forward(x);"),
        Block("[Checkpoint]", "private readonly InstanceNorm1d norm = InstanceNorm1d(64);", "x = norm.forward(x);"),
        Block(string.Empty, "private readonly BatchNorm1d norm = BatchNorm1d(64);", "x = norm.forward(x);")
            .Replace("[Lora]", "[Lora(Checkpoint = new[] { \"fc\" })]"),
        Block("[Checkpoint]", string.Empty, "var counts = new int[1]; counts[0]++;").Replace("/*member*/", "[Checkpoint]"),
    ];

    private static string Block(string attribute, string member, string statement) => $$"""
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            /*member*/
            private readonly ModuleList<Block> blocks = new(new Block());

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => blocks[0].forward(x);
        }

        {{attribute}}
        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            {{member}}

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                {{statement}}
                return fc.forward(x);
            }
        }
        """;
}
