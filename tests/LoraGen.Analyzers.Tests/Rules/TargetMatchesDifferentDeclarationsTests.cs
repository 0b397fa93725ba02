namespace LoraGen.Analyzers.Tests.Rules;

public sealed class TargetMatchesDifferentDeclarationsTests : RuleTests
{
    protected override string Id => "LORA2004";

    protected override string Message =>
        "\"dense\" matches layers of 2 classes: first.dense, second.dense; write a longer path, or exclude one, where not all of them are meant";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Targets = [{|LORA2004:"dense"|}])]
        {{Models.FirstAndSecond}}

        {{Models.DenseFirst}}

        {{Models.DenseSecond}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), Targets = new[] { {|LORA2004:"dense"|} })]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear dense = Linear(64, 64);
            private readonly ModuleList<First> layers = new(new First(), new First());

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        {{Models.DenseFirst}}
        """,
        $$"""
        [Lora(Targets = ["first.q", {|LORA2004:"dense"|}])]
        {{Models.FirstAndSecond}}

        public sealed class First : Module<Tensor, Tensor>
        {
            private readonly Linear dense = Linear(64, 64);
            private readonly Linear q = Linear(64, 64);

            public First() : base("First") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Second : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> dense = Linear(64, 64);

            public Second() : base("Second") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Lora(Targets = ["first.dense"])]
        {{Models.FirstAndSecond}}

        {{Models.DenseFirst}}

        {{Models.DenseSecond}}
        """,
        $$"""
        [Lora(Targets = ["dense"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly First first = new();
            private readonly First second = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        {{Models.DenseFirst}}
        """,
        $$"""
        [Lora(Targets = ["dense"])]
        {{Models.FirstAndSecond}}

        {{Models.DenseFirst}}

        public sealed class Second : Module<Tensor, Tensor>
        {
            private readonly LayerNorm dense = LayerNorm(64);
            private readonly Linear fc = Linear(64, 64);

            public Second() : base("Second") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Targets = ["dense"])]
        {{Models.FirstAndSecond}}

        public class First : Module<Tensor, Tensor>
        {
            private readonly Linear dense = Linear(64, 64);

            public First() : base("First") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Second : First
        {
            private readonly LayerNorm norm = LayerNorm(64);

            public Second() => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Targets = ["*dense"])]
        {{Models.FirstAndSecond}}

        {{Models.DenseFirst}}

        {{Models.DenseSecond}}
        """,
    ];
}
