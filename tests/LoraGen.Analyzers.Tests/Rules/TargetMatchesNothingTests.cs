namespace LoraGen.Analyzers.Tests.Rules;

public sealed partial class TargetMatchesNothingTests : FixableRuleTests
{
    protected override string Id => "LORA2001";

    private const string Blocks = $$"""

        {{Models.ListOfBlocks}}

        {{Models.Block}}
        """;

    private const string TwoLayers = $$"""

        {{Models.TwoLinears}}
        """;

    protected override string Message => "Target \"fc3\" matches no layer of Model; nearest: fc1, fc2";

    protected override IReadOnlyList<string> Fires =>
    [
        """[Lora(Targets = ["fc1", {|LORA2001:"fc3"|}])]""" + TwoLayers,
        """
        [Lora(Targets = ["fc", {|LORA2001:"conv"|}, "any"], Kinds = [LayerKind.Linear])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Conv1d conv = Conv1d(64, 64, 1);
            [Lora(Rank = 4)] private readonly Conv1d any = Conv1d(64, 64, 1);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        // The modules of a Sequential are known if they are written where it is created.
        """
        [Lora(Targets = ["up", {|LORA2001:"dwn"|}])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Sequential mlp = Sequential(("up", Linear(64, 64)), ("act", ReLU()), ("down", Linear(64, 64)));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["mlp.0", {|LORA2001:"mlp.3"|}])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Sequential mlp = Sequential(Linear(64, 64), ReLU(), Linear(64, 64));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["mlp.block.fc", "inner.0", {|LORA2001:"block.fc2"|}])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Sequential mlp;

            public Model(int width)
                : base("Model")
            {
                mlp = Sequential([("block", new Block()), ("inner", Sequential(Linear(width, width), Dropout()))]);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => mlp.call(x);
        }

        public sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [assembly: Lora(typeof(Model), Targets = new[] { {|LORA2001:"q_prj"|}, "v_proj" })]

        {{Models.ListOfBlocks}}

        {{Models.Block}}
        """,
        """[Lora(Targets = ["layers.*.v_proj", {|LORA2001:"layers"|}])]""" + Blocks,
        $$"""
        [Lora(Targets = new string[] { {|LORA2001:Names.Query|} })]
        {{Models.TwoLinears}}

        public static class Names
        {
            public const string Query = "query";
        }
        """,
        """
        [Lora(Targets = [{|LORA2001:"fc2"|}, "fc1"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            [LoraIgnore] private readonly Linear fc2 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = [{|LORA2001:"Fc1"|}])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> fc1 = Linear(64, 64);
            private readonly Module<Tensor, Tensor> act = ReLU();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """[Lora(Targets = ["fc1", "fc3"])]""" + TwoLayers,
            """[Lora(Targets = ["fc1", "fc1"])]""" + TwoLayers),
        (
            """[Lora(Targets = ["q_prj"])]""" + Blocks,
            """[Lora(Targets = ["q_proj"])]""" + Blocks),
        (
            """[Lora(Targets = ["layers"])]""" + Blocks,
            """[Lora(Targets = ["layers.*"])]""" + Blocks),
        (
            """[Lora(Targets = new[] { "q_proj", "layer.0.v_proj" })]""" + Blocks,
            """[Lora(Targets = new[] { "q_proj", "layers.*.v_proj" })]""" + Blocks),
    ];
}
