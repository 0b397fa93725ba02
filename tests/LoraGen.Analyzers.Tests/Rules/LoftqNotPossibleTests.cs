namespace LoraGen.Analyzers.Tests.Rules;

public sealed class LoftqNotPossibleTests : FixableRuleTests
{
    protected override string Id => "LORA1032";

    protected override string Message => "LoftqIterations is 3, but Base is None, so there is no quantised weight to start from; set Base, usually to Nf4";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(LoftqIterations = {|LORA1032:3|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), Base = Quantization.Nf4, LoftqIterations = {|LORA1032:-1|})]

        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(Base = Quantization.Nf2, LoftqIterations = 5, InitA = {|LORA1032:LoraInit.Gaussian|})]
        {{Models.TwoLinears}}
        """,
        """
        [Lora(Base = Quantization.Nf4, LoftqIterations = 1)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Base = {|LORA1032:Quantization.None|})] private readonly Linear fc = Linear(64, 64);

            [Lora(InitA = {|LORA1032:LoraInit.Orthogonal|}, InitB = LoraInit.Orthogonal)] private readonly Linear other = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => other.forward(fc.forward(x));
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Lora(Base = Quantization.Nf4, LoftqIterations = 5)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(LoftqIterations = 0, InitA = LoraInit.Gaussian)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(Base = Quantization.Nf2, LoftqIterations = 1, InitA = LoraInit.KaimingUniform, InitB = LoraInit.Zeros)]
        {{Models.TwoLinears}}
        """,
        """
        [Lora(Base = Quantization.Nf4)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(LoftqIterations = 2)] private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        // The attribute of the model, which may quantise, is not known here.
        """
        public sealed class Block : Module<Tensor, Tensor>
        {
            [Lora(LoftqIterations = 2)] private readonly Linear fc = Linear(64, 64);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Rank = 4, LoftqIterations = 3)]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Lora(Rank = 4)]
            {{Models.TwoLinears}}
            """
        ),
        (
            $$"""
            [Lora(Base = Quantization.Nf4, LoftqIterations = 3, InitA = LoraInit.Gaussian)]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Lora(Base = Quantization.Nf4, LoftqIterations = 3)]
            {{Models.TwoLinears}}
            """
        ),
    ];
}
