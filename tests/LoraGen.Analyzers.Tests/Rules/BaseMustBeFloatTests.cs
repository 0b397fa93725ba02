namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BaseMustBeFloatTests : FixableRuleTests
{
    protected override string Id => "LORA1028";

    protected override string Message =>
        "Base is Nf4, but PiSSA starts from the singular vectors of the float weight; remove Base, or use plain LoRA";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Pissa(Base = {|LORA1028:Quantization.Nf4|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [assembly: Olora(typeof(Model), Base = {|LORA1028:Quantization.Int8|}, Rank = 4)]

        {{Models.TwoLinears}}
        """,
        $$"""
        [Glora(Base = {|LORA1028:Quantization.Fp4|}, BaseBlockSize = 128)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(Reparametrize = true, Base = {|LORA1028:Quantization.Nf4|})]
        {{Models.TwoLinears}}
        """,
        """
        [Lora(Reparametrize = true)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Base = {|LORA1028:Quantization.Nf4|})] private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        // The class quantises, and the member would set the weight.
        """
        [Lora(Base = Quantization.Nf4)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Reparametrize = {|LORA1028:true|})] private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Lora(Base = Quantization.Nf4)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Pissa(Base = Quantization.None)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Dora(Base = Quantization.Int8, Reparametrize = false)]
        {{Models.TwoLinears}}
        """,
        // Its block size has no effect.
        $$"""
        [Glora(BaseBlockSize = 128)]
        {{Models.TwoLinears}}
        """,
        """
        [Lora(Base = Quantization.Nf4)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Base = Quantization.None, Reparametrize = true)] private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        // Another adapter than the class's.
        """
        [Lora(Base = Quantization.Nf4), Lora(Name = "other")]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Name = "other", Reparametrize = true)] private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Pissa(Rank = 4, Base = Quantization.Nf4)]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Pissa(Rank = 4)]
            {{Models.TwoLinears}}
            """
        ),
    ];
}
