namespace LoraGen.Analyzers.Tests.Rules;

public sealed class NeitherMatrixZeroTests : FixableRuleTests
{
    protected override string Id => "LORA1007";

    protected override string Message =>
        "InitA of Model is KaimingUniform and InitB is Gaussian, so the adapter changes the model's output before the first step; let B start as Zeros";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Rank = 8, InitB = {|LORA1007:LoraInit.Gaussian|})]
        {{Models.Empty}}
        """,
        """
        [assembly: Lora(typeof(Space.Model), InitA = LoraInit.Gaussian, InitB = {|LORA1007:LoraInit.Gaussian|})]

        namespace Space
        {
            public sealed class Model() : Module<Tensor, Tensor>("Model")
            {
                public override Tensor forward(Tensor x) => x;
            }
        }
        """,
        """
        [Lora(InitA = LoraInit.Zeros, InitB = LoraInit.Gaussian)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(InitA = {|LORA1007:LoraInit.Gaussian|})] private Linear Fc { get; } = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => Fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        "[Lora(InitA = LoraInit.Gaussian)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",
        """
        [Lora(InitA = LoraInit.Zeros, InitB = LoraInit.Gaussian)]
        public sealed class Model() : Module<Tensor, Tensor>("Model") { public override Tensor forward(Tensor x) => x; }
        """,
        "[Lora(Rank = 4)] public sealed class Model() : Module<Tensor, Tensor>(\"Model\") { public override Tensor forward(Tensor x) => x; }",

        // With another member's InitA the model's InitB is right.
        $$"""
        public sealed class Block : Module<Tensor, Tensor>
        {
            [Lora(InitB = LoraInit.Gaussian)] private readonly Linear fc = Linear(4, 4);

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
            [Lora(Rank = 8, InitB = LoraInit.Gaussian)]
            {{Models.Empty}}
            """,
            $$"""
            [Lora(Rank = 8, InitB = LoraInit.Zeros)]
            {{Models.Empty}}
            """),
    ];
}
