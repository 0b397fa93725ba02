namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ExcludeMatchesNothingTests : FixableRuleTests
{
    protected override string Id => "LORA2005";

    protected override string Message => "Exclude \"lm_head\" matches no layer of Model; nearest: head, fc1";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [Lora(Exclude = [{|LORA2005:"lm_head"|}])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear head = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [assembly: Lora(typeof(Model), Exclude = new[] { "q_proj", {|LORA2005:"k_proj"|} })]

        {{Models.ListOfBlocks}}

        {{Models.Block}}
        """,
        $$"""
        [Lora(Targets = ["fc*"], Exclude = [{|LORA2005:"norm"|}])]
        {{Models.TwoLinearsAndNorm}}
        """,
        """
        [Lora(Exclude = [{|LORA2005:"fc2"|}])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            [LoraIgnore] private readonly Linear fc2 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Lora(Exclude = ["layers.0.*"])]
        {{Models.ListOfBlocks}}

        {{Models.Block}}
        """,
        $$"""
        [Lora(Targets = ["q_proj"], Exclude = ["v_proj"])]
        {{Models.ListOfBlocks}}

        {{Models.Block}}
        """,
        """
        [Lora(Exclude = ["lm_head"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);
            private readonly ModuleDict<Linear> heads = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Exclude = ["fc[0-9]"])]
        {{Models.TwoLinears}}
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);
            [Lora(Exclude = ["other"])] private readonly Linear fc3 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Targets = ["fc1"], Exclude = ["fc2", "head"])]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Lora(Targets = ["fc1"], Exclude = ["fc2"])]
            {{Models.TwoLinears}}
            """),
        (
            $$"""
            [Lora(Rank = 4, Exclude = ["head"])]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Lora(Rank = 4)]
            {{Models.TwoLinears}}
            """),
        (
            $$"""
            [Lora(Exclude = new[] { "head" })]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Lora]
            {{Models.TwoLinears}}
            """),
        (
            $$"""
            [Lora(Exclude = new[] { "head", "fc2" })]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Lora(Exclude = new[] { "fc2" })]
            {{Models.TwoLinears}}
            """),
        (
            $$"""
            [Lora(
                Exclude = ["fc2", "head"],
                Rank = 4)]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Lora(
                Exclude = ["fc2"],
                Rank = 4)]
            {{Models.TwoLinears}}
            """),
    ];
}
