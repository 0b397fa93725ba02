namespace LoraGen.Analyzers.Tests.Rules;

public sealed class TargetMatchesSomeBlocksTests : RuleTests
{
    protected override string Id => "LORA2002";

    protected override string Message =>
        "v_proj is in 1 of the 2 classes that have q_proj, and not in Second: there it is not adapted; add the name that Second uses, or write the "
        + "path that is meant";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Targets = ["q_proj", {|LORA2002:"v_proj"|}])]
        {{Models.FirstAndSecond}}

        {{Models.ProjectionsFirst}}

        public sealed class Second : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);

            public Second() : base("Second") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [assembly: Lora(typeof(Model), Targets = new[] { {|LORA2002:"v_proj"|}, "q_proj" })]

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<First> layers = new(new First());
            private readonly ModuleList<Second> more = new(new Second());

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class First : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);
            private readonly Linear kv_proj = Linear(64, 64);

            public First() : base("First") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        {{Models.ProjectionsSecond}}
        """,
        """
        [Lora(Targets = [nameof(Second.q_proj), {|LORA2002:nameof(Second.v_proj)|}, "head"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly First first = new();
            private readonly Second second = new();
            private readonly Linear head = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class First : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);

            public First() : base("First") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Second : Module<Tensor, Tensor>
        {
            public readonly Linear q_proj = Linear(64, 64);
            public readonly Linear v_proj = Linear(64, 64);

            public Second() : base("Second") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Lora(Targets = ["q_proj", "v_proj"])]
        {{Models.FirstAndSecond}}

        {{Models.ProjectionsFirst}}

        {{Models.ProjectionsSecond}}
        """,
        $$"""
        [Lora(Targets = ["q_proj", "v_proj", "kv_proj"])]
        {{Models.FirstAndSecond}}

        {{Models.ProjectionsFirst}}

        public sealed class Second : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);
            private readonly Linear kv_proj = Linear(64, 64);

            public Second() : base("Second") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Targets = ["q_proj", "fc1"])]
        {{Models.FirstAndSecond}}

        public sealed class First : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);

            public First() : base("First") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Second : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);

            public Second() : base("Second") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Targets = ["q_proj", "first.v_proj"])]
        {{Models.FirstAndSecond}}

        {{Models.ProjectionsFirst}}

        public sealed class Second : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);

            public Second() : base("Second") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Targets = ["q_proj"], Exclude = ["v_proj"])]
        {{Models.FirstAndSecond}}

        {{Models.ProjectionsFirst}}

        public sealed class Second : Module<Tensor, Tensor>
        {
            private readonly Linear q_proj = Linear(64, 64);

            public Second() : base("Second") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];
}
