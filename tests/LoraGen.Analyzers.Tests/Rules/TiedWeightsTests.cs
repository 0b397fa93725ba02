namespace LoraGen.Analyzers.Tests.Rules;

public sealed class TiedWeightsTests : FixableRuleTests
{
    protected override string Id => "LORA2015";

    protected override string Message =>
        "lm_head is adapted and embed is not, but they share one weight: merging would change embed too, so Merge throws; exclude lm_head";

    protected override IReadOnlyList<string> Fires =>
    [
        Tied("[{|LORA2015:Lora|}]"),
        """
        [assembly: {|LORA2015:Lora(typeof(Model), Targets = new[] { "fc", "lm_head" })|}]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding embed = Embedding(100, 64);
            private readonly Linear fc = Linear(64, 64);
            private readonly Linear lm_head = Linear(64, 100, false);

            public Model()
                : base("Model")
            {
                this.lm_head.weight = this.embed.weight!;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Exclude = {|LORA2015:["decode"]|})]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear encode;
            private readonly Linear decode;

            public Model()
                : base("Model")
            {
                var shared = new Parameter(randn(64, 64));
                encode = Linear(64, 64);
                decode = Linear(64, 64);
                encode.weight = shared;
                decode.weight = shared;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [{|LORA2015:Lora(Rank = 4)|}]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Body body = new();
            private readonly Linear lm_head;

            public Model()
                : base("Model")
            {
                lm_head = Linear(body.embed.weight!);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Body : Module<Tensor, Tensor>
        {
            public readonly Embedding embed = Embedding(100, 64);
            private readonly Linear fc = Linear(64, 64);

            public Body() : base("Body") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        Tied("""[Lora(Exclude = ["lm_head"])]"""),
        Tied("""[Lora(Targets = ["fc"])]"""),
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear encode = Linear(64, 64);
            private readonly Linear decode = Linear(64, 64);

            public Model()
                : base("Model")
            {
                decode.weight = encode.weight;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding embed = Embedding(100, 64);
            private readonly Linear fc = Linear(64, 64);
            private readonly Linear lm_head = Linear(64, 100, false);

            public Model()
                : base("Model")
            {
                var first = new Parameter(randn(100, 64));
                var second = new Parameter(randn(100, 64));
                embed.weight = first;
                lm_head.weight = second;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding embed = Embedding(100, 64);
            private readonly Linear fc = Linear(64, 64);
            [LoraIgnore] private readonly Linear lm_head = Linear(64, 100, false);

            public Model()
                : base("Model")
            {
                lm_head.weight = embed.weight!;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        Tied(""),
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding embed = Embedding(100, 64);
            private readonly Linear fc = Linear(64, 64);
            private readonly Linear lm_head = Linear(64, 100, false);

            public Model(bool tie)
                : base("Model")
            {
                if (tie)
                    lm_head.weight = embed.weight!;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            Tied("[Lora]"),
            Tied("""[Lora(Exclude = ["lm_head"])]""")),
        (
            Tied("""[Lora(Exclude = ["fc"])]"""),
            Tied("""[Lora(Exclude = ["fc", "lm_head"])]""")),
    ];

    // The usual tie, and the usual way to write it.
    private static string Tied(string attribute) =>
        $$"""
        {{attribute}}
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding embed = Embedding(100, 64);
            private readonly Linear fc = Linear(64, 64);
            private readonly Linear lm_head = Linear(64, 100, false);

            public Model()
                : base("Model")
            {
                lm_head.weight = embed.weight!;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """;
}
