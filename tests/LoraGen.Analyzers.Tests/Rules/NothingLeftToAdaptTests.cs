namespace LoraGen.Analyzers.Tests.Rules;

public sealed class NothingLeftToAdaptTests : FixableRuleTests
{
    protected override string Id => "LORA2006";

    protected override string Message => "Model has nothing to adapt: all its 2 layers are excluded; exclude fewer layers";

    [Fact]
    public async Task Without_targets_other_kinds_are_not_adapted()
    {
        Assert.Equal(
            "Model has nothing to adapt: without Targets every Linear is adapted, and it has none; name its layers in Targets",
            await MessageOf(Fires[^1]));
    }

    [Fact]
    public async Task Kinds_that_it_does_not_have()
    {
        Assert.Equal("Model has nothing to adapt: it has no layer of the kinds in Kinds; name others there", await MessageOf(Fires[1]));
    }

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Exclude = {|LORA2006:["fc*"]|})]
        {{Models.TwoLinears}}
        """,
        """
        [{|LORA2006:Lora(Kinds = [LayerKind.Convolution])|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [{|LORA2006:Lora(Rank = 4)|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [LoraIgnore] private readonly Linear fc1 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [{|LORA2006:Lora(Layers = "0")|}]
        {{Models.OneLinear}}
        """,
        """
        [assembly: {|LORA2006:Lora(typeof(Model))|}]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly LayerNorm norm = LayerNorm(64);
            private readonly Module<Tensor, Tensor> act = ReLU();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Targets = ["q_proj"], Exclude = {|LORA2006:new[] { "layers" + ".*" }|})]
        {{Models.ListOfBlocks}}

        {{Models.Block}}
        """,
        // The embedding is no choice where no target names it.
        """
        [Lora(Exclude = {|LORA2006:["fc"]|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding emb = Embedding(64, 64);
            private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [{|LORA2006:Lora(Rank = 4)|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding emb = Embedding(64, 64);
            private readonly Conv1d conv = Conv1d(64, 64, 3);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        [Lora(Rank = 4, Targets = ["conv"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding emb = Embedding(64, 64);
            private readonly Conv1d conv = Conv1d(64, 64, 3);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Exclude = ["fc1"])]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(Exclude = ["layers.0.*"])]
        {{Models.ListOfBlocks}}

        {{Models.Block}}
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Sequential body = Sequential(Linear(64, 64));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Exclude = ["fc*"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            [Lora(Rank = 4)] private readonly Linear fc2 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly LayerNorm norm = LayerNorm(64);

            public Model()
                : base("Model")
            {
                register_module("fc", Linear(64, 64));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Targets = ["fc9"], Exclude = ["fc1", "fc2"])]
        {{Models.TwoLinears}}
        """,
        """
        [Lora]
        public abstract class Model() : Module<Tensor, Tensor>("Model");
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 4, Exclude = ["fc*"])]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Lora(Rank = 4)]
            {{Models.TwoLinears}}
            """),
        (
            $$"""
            [Lora(Exclude = ["fc1", "fc2"])]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Lora]
            {{Models.TwoLinears}}
            """),
    ];
}
