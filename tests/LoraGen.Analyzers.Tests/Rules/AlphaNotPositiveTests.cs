namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AlphaNotPositiveTests : FixableRuleTests
{
    protected override string Id => "LORA1002";

    protected override string Message => "Alpha is 0, but what it scales needs a positive number; use the rank or twice the rank, here 8";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Rank = 4, Alpha = {|LORA1002:0|})]
        {{Models.Empty}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), Alpha = {|LORA1002:double.NegativeInfinity|})]
        [assembly: LoraGen.Lora(typeof(Model), Name = "endless", Alpha = {|LORA1002:1 / 0.0|})]

        {{Models.Empty}}
        """,
        """
        [Lora(Rank = 8, Alpha = 16)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private const double Off = -0.5;

            [Lora(Alpha = {|LORA1002:Off|})] private readonly Linear fc = Linear(4, 4);

            [Lora(Alpha = {|LORA1002:-(2 * 8)|})] private Linear Head { get; } = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => Head.forward(fc.forward(x));
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // The attribute's own default: the rank.
        "[Lora(Alpha = double.NaN)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Alpha = 0.001)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        "[Lora(Rank = 16)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        """
        [Lora(Alpha = Settings.Alpha)] public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }

        static class Settings
        {
            public const double Alpha = -1 + Beta;
            private const double Beta = 17;
        }
        """,
        """
        [Tuning(Alpha = 0)] public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }

        public sealed class TuningAttribute : Attribute { public double Alpha { get; set; } }
        """,
        """
        namespace Own
        {
            [Lora(Alpha = 0)] public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }

            public sealed class LoraAttribute : Attribute { public double Alpha { get; set; } }
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 4, Alpha = -8)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Rank = 4, Alpha = 8)]
            {{Models.Empty}}
            """),
        (
            $$"""
            [assembly: Lora(typeof(Model), Alpha = -1 / 0.0 /* none */)]

            {{Models.Empty}}
            """,
            $$"""
            [assembly: Lora(typeof(Model), Alpha = 16 /* none */)]

            {{Models.Empty}}
            """),
    ];
}
