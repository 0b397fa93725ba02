namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BothMatricesZeroTests : FixableRuleTests
{
    protected override string Id => "LORA1006";

    protected override string Message => "InitA and InitB are both Zeros, so neither A nor B ever gets a gradient and nothing trains; leave InitA out";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Rank = 8, InitA = {|LORA1006:LoraInit.Zeros|})]
        {{Models.Empty}}
        """,
        $$"""
        using static LoraGen.LoraInit;

        [assembly: Lora(typeof(Model), InitB = Zeros, InitA = {|LORA1006:Zeros|})]

        {{Models.Empty}}
        """,
        """
        [Lora(InitA = LoraInit.Zeros, InitB = LoraInit.Gaussian)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(InitB = {|LORA1006:LoraInit.Zeros|})] private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        "[Lora(InitB = LoraInit.Zeros)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        """
        [Lora(InitA = LoraInit.Zeros, InitB = LoraInit.KaimingUniform)]
        public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        """,
        "[Lora(InitA = (LoraInit)7)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",

        // The model's InitB applies to the block's layer.
        $$"""
        public sealed class Block : Module<Tensor, Tensor>
        {
            [Lora(InitA = LoraInit.Zeros)] private readonly Linear fc = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        [Lora(InitB = LoraInit.Gaussian, InitA = LoraInit.Zeros)]
        {{Models.CalledBlock}}
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 8, InitA = LoraInit.Zeros)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Rank = 8, InitA = LoraInit.KaimingUniform)]
            {{Models.Empty}}
            """),
        (
            """
            using Start = LoraGen.LoraInit;

            [Lora(InitA = Start.Zeros, InitB = Start.Gaussian)]
            public sealed class Model : Module<Tensor, Tensor>
            {
                [Lora(InitB = Start.Zeros)] private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """,
            """
            using Start = LoraGen.LoraInit;

            [Lora(InitA = Start.Zeros, InitB = Start.Gaussian)]
            public sealed class Model : Module<Tensor, Tensor>
            {
                [Lora(InitB = Start.Zeros, InitA = Start.KaimingUniform)] private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """),
    ];
}
