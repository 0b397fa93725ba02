namespace LoraGen.Analyzers.Tests.Rules;

public sealed class LayerIndexOutOfRangeTests : FixableRuleTests
{
    private const string Block = $$"""


        {{Models.Block}}
        """;

    protected override string Id => "LORA2014";

    protected override string Message => "\"layers.2.q_proj\" in Targets matches nothing: layers has 2 element(s), so 2 is beyond its last index, 1";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Targets = [{|LORA2014:"layers.2.q_proj"|}])]
        {{Models.ListOfBlocks}}
        """ + Block,
        $$"""
        [Lora(Layers = {|LORA2014:"0, 0..3"|})]
        [Lora(Name = "end", Layers = {|LORA2014:"^3"|})]
        [Lora(Name = "one", Layers = {|LORA2014:"2"|}, Targets = ["q_proj"])]
        {{Models.ListOfBlocks}}

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [assembly: Lora(typeof(Model), Exclude = new[] { {|LORA2014:"12.*"|} })]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Block> layers;

            public Model()
                : base("Model")
            {
                layers = new ModuleList<Block>();
                for (var i = 0; i < 12; i++)
                    layers.Add(new Block());
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """ + Block,
        """
        [Lora(Targets = ["heads.0", {|LORA2014:"heads.5"|}])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Linear> heads = new(Enumerable.Range(0, 4).Select(_ => Linear(64, 64)).ToArray());

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Targets = [{|LORA2014:"layers.1.experts.4.q_proj"|}])]
        {{Models.ListOfBlocks}}

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Expert> experts = new(new Expert(), new Expert(), new Expert());

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Expert : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);

            public Expert() : base("Expert") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Lora(Layers = "0, 1..2, ^1")]
        [Lora(Name = "wrong", Layers = "0-9")]
        {{Models.ListOfBlocks}}

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Targets = ["layers.1.q_proj"])]
        {{Models.ListOfBlocks}}
        """ + Block,
        """
        [Lora(Targets = ["layers.40.q_proj"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Block> layers;

            public Model(int depth)
                : base("Model")
            {
                layers = new ModuleList<Block>();
                for (var i = 0; i < depth; i++)
                    layers.Add(new Block());
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """ + Block,
        $$"""
        [Lora(Targets = ["layers.1.experts.2.q_proj"])]
        {{Models.ListOfBlocks}}

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Expert> experts = new(new Expert(), new Expert(), new Expert());

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Expert : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);

            public Expert() : base("Expert") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["layers.3.q_proj"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Block> layers = new(new Block(), new Block());

            public Model(Block[] more)
                : base("Model")
            {
                layers.extend(more);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """ + Block,
        """
        [Lora(Targets = ["3.q_proj"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Block> layers = new(new Block(), new Block());
            private readonly ModuleList<Block> more = new(new Block(), new Block(), new Block(), new Block());

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """ + Block,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Targets = ["heads.1", "heads.2"])]
            {{Models.ListOfLinears}}
            """,
            $$"""
            [Lora(Targets = ["heads.1"])]
            {{Models.ListOfLinears}}
            """),
        (
            $$"""
            [Lora(Exclude = ["heads.4"], Rank = 4)]
            {{Models.ListOfLinears}}
            """,
            $$"""
            [Lora(Rank = 4)]
            {{Models.ListOfLinears}}
            """),
    ];
}
