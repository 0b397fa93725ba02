namespace LoraGen.Analyzers.Tests.Rules;

public sealed class OptionWithoutEffectTests : FixableRuleTests
{
    protected override string Id => "LORA1012";

    protected override string Message => "Targets applies to a whole model and has no effect on its member block; remove it here";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = 4, Targets = {|LORA1012:["fc1"]|})] private readonly Net block = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => block.forward(x);
        }
        """,
        """
        [assembly: Lora(typeof(Model), Targets = ["fc"], Exclude = ["other"], AllowUnreached = true)]

        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Exclude = {|LORA1012:new[] { "fc" }|}, AllowUnreached = {|LORA1012:true|})]
            private Linear fc { get; } = Linear(4, 4);

            private readonly Linear other = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => other.forward(fc.forward(x));
        }
        """,
        """
        static partial class Outer
        {
            internal sealed partial class Block : Module<Tensor, Tensor>
            {
                private const bool Yes = true;

                [Lora(AllowUnreached = {|LORA1012:Yes|}), Lora(Name = "style", Targets = {|LORA1012:[]|})]
                private readonly Linear a = Linear(4, 4);

                public Block() : base("Block") => RegisterComponents();

                public override Tensor forward(Tensor x) => a.forward(x);
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        [Lora(Targets = ["fc"], Exclude = ["other"], AllowUnreached = true)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            private readonly Linear other = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => other.forward(fc.forward(x));
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Name = "default", Rank = 4, Alpha = 8, Dropout = 0.1, InitA = LoraInit.Gaussian, RankStabilized = false)]
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Reparametrize = true)] private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Choice(Targets = "fc")] private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public sealed class ChoiceAttribute : Attribute { public string Targets { get; set; } = ""; }
        """,
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Part part = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => part.forward(x);

            [Lora(Targets = ["fc"])]
            internal sealed class Part : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);

                public Part() : base("Part") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        Pair("[Lora(Rank = 4, Targets = [\"fc\"])]", "[Lora(Rank = 4)]"),
        Pair("[Lora(AllowUnreached = true, Rank = 4, Alpha = 4)]", "[Lora(Rank = 4, Alpha = 4)]"),
        Pair("[Lora(Alpha = 4, Exclude = [\"fc\"], Rank = 4)]", "[Lora(Alpha = 4, Rank = 4)]"),
        Pair("[Lora(Exclude = [\"fc\"])]", "[Lora]"),
    ];

    private static (string Before, string After) Pair(string before, string after)
    {
        const string Model = """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                [Here] private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """;
        return (Model.Replace("[Here]", before, StringComparison.Ordinal), Model.Replace("[Here]", after, StringComparison.Ordinal));
    }
}
