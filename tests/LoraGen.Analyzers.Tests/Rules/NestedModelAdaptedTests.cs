namespace LoraGen.Analyzers.Tests.Rules;

public sealed class NestedModelAdaptedTests : RuleTests
{
    private const string Block = """
        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(4, 4);
            private readonly Linear v_proj = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => v_proj.forward(q_proj.forward(x));
        }

        """;

    private const string Model = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Block> blocks = new(new Block(), new Block());
            private readonly Linear head = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(blocks[1].forward(blocks[0].forward(x)));
        }

        """;

    protected override string Id => "LORA1011";

    protected override string Message =>
        "Model holds Block, and both have an adapter \"default\": attached to one model they adapt blocks.*.q_proj twice; "
        + "keep the attribute on Model alone, or give each its own Targets";

    protected override IReadOnlyList<string> Fires =>
    [
        $"[Lora(Rank = 4)]\n{Block}[{{|LORA1011:Lora|}}]\n{Model}",
        $"[assembly: {{|LORA1011:Lora(typeof(Model), Targets = [\"v_proj\"])|}}]\n[assembly: Lora(typeof(Block), Targets = [\"*_proj\"])]\n{Block}{Model}",
        $$"""
        // file: Block.cs
        [Lora(Name = "style")]
        {{Block}}
        // file: Model.cs
        {{Model}}
        [{|LORA1011:Lora(Name = "style")|}]
        internal sealed class Wrapped : Module<Tensor, Tensor>
        {
            private Model Inner { get; } = new();

            public Wrapped() : base("Wrapped") => RegisterComponents();

            public override Tensor forward(Tensor x) => Inner.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $"{Block}[Lora]\n{Model}",
        $"[Lora(Name = \"inner\")]\n{Block}[Lora]\n{Model}",
        $"[Lora(Targets = [\"v_proj\"])]\n{Block}[Lora(Targets = [\"q_proj\"])]\n{Model}",
        $"[Lora]\n{Block}[Lora]\n"
            + Model.Replace("private readonly ModuleList<Block>", "[LoraIgnore] private readonly ModuleList<Block>", StringComparison.Ordinal),
        $"[Lora]\n{Block}{Model}",
        $"[Lora]\n{Block}[Lora(Exclude = [\"blocks.*\"])]\n{Model}",
    ];
}
