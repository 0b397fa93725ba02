namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BlockSizeInvalidTests : FixableRuleTests
{
    protected override string Id => "LORA1029";

    protected override string Message => "BaseBlockSize is 48, but it must be a power of two from 32 to 4096; leave it out";

    protected override IReadOnlyList<string> Fires =>
    [
        $$"""
        [Lora(Base = Quantization.Nf4, BaseBlockSize = {|LORA1029:48|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Dora(Base = Quantization.Fp4, BaseBlockSize = {|LORA1029:16|})]
        {{Models.TwoLinears}}
        """,
        $$"""
        [assembly: Lora(typeof(Model), BaseBlockSize = {|LORA1029:8192|}, Base = Quantization.Nf2)]

        {{Models.TwoLinears}}
        """,
        $$"""
        [Ia3(Targets = new[] { "fc1" }, Base = Quantization.Nf4, BaseBlockSize = {|LORA1029:-64|})]
        {{Models.TwoLinears}}
        """,
        // The class's attribute alone does not quantise.
        """
        [Lora(BaseBlockSize = 100)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [Lora(Base = {|LORA1029:Quantization.Nf4|})] private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        $$"""
        [Lora(Base = Quantization.Nf4, BaseBlockSize = 32)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(Base = Quantization.Nf4, BaseBlockSize = 4096, BaseDoubleQuantization = false)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(Base = Quantization.Nf2)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(BaseBlockSize = 48)]
        {{Models.TwoLinears}}
        """,
        $$"""
        [Lora(Base = Quantization.None, BaseBlockSize = 48)]
        {{Models.TwoLinears}}
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            $$"""
            [Lora(Base = Quantization.Nf4, BaseBlockSize = 48, Rank = 4)]
            {{Models.TwoLinears}}
            """,
            $$"""
            [Lora(Base = Quantization.Nf4, Rank = 4)]
            {{Models.TwoLinears}}
            """
        ),
    ];
}
