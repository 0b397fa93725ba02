namespace LoraGen.Analyzers.Tests.Rules;

public sealed class QuantizedWeightReadTests : FixableRuleTests
{
    private const string Elsewhere = "leave fc1 out of the targets, or set Base = Quantization.None on it";

    protected override string Id => "LORA2023";

    protected override string Message => $"fc1.weight is read without a call of fc1, so it can't be quantised; call fc1, {Elsewhere}";

    protected override IReadOnlyList<string> Fires =>
    [
        Model("[Lora(Base = Quantization.Nf4)]", "{|LORA2023:functional.linear(x, fc1.weight, fc1.bias)|}"),
        Model("[assembly: Dora(typeof(Model), Base = Quantization.Int8)]", "x.matmul({|LORA2023:fc1.weight|}!.t())"),
        Model("[Lora(Targets = [\"fc1\"], Base = Quantization.Nf2)]", "fc1.forward(x) + {|LORA2023:this.fc1.weight|}!.pow(2).sum()"),
        Model("[Lora(Base = Quantization.Fp4)]", "fc1.forward(x) * ({|LORA2023:fc1.weight|}! * 2).mean()"),
        Model("[Lora(Base = Quantization.Nf4)]", "fc1.forward(x) + torch.norm(-{|LORA2023:fc1.weight|}!)"),
        Model("[Lora]", "{|LORA2023:functional.linear(x, fc1.weight, fc1.bias)|}", onLayer: "[Lora(Base = Quantization.Nf4)] "),
        Tied("[Lora(Base = Quantization.Nf4)]", "{|LORA2023:fc2.weight = fc1.weight|};"),
        Tied("[Lora(Targets = [\"fc1\"], Base = Quantization.Nf4)]", "{|LORA2023:fc2.weight = fc1.weight|};"),
        """
        [Lora(Base = Quantization.Nf4)]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding embed = Embedding(100, 64);
            private readonly Linear lm_head = Linear(64, 100, false);

            public Model() : base("Model")
            {
                {|LORA2023:lm_head.weight = embed.weight!|};
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => lm_head.forward(embed.forward(x));
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        Model("[Lora(Base = Quantization.Nf4)]", "fc1.forward(x.to(fc1.weight!.dtype)).view(-1, fc1.weight!.shape[0])"),
        Model("[Lora(Base = Quantization.Nf4)]", "fc1.forward(x.to(fc1.weight!)) + zeros_like(fc1.weight!).sum()"),
        // LORA2012 reports it.
        Model("[Lora]", "functional.linear(x, fc1.weight, fc1.bias)"),
        Model("[Lora(Base = Quantization.None)]", "x + fc1.weight!.sum()"),
        Model("[Lora(Base = Quantization.Nf4, Exclude = [\"fc1\"])]", "functional.linear(x, fc1.weight, fc1.bias)"),
        Model("[Lora(Base = Quantization.Nf4)]", "functional.linear(x, fc1.weight, fc1.bias)", onLayer: "[LoraIgnore] "),
        Model("[Lora(Base = Quantization.Nf4)]", "x + fc1.weight!.sum()", onLayer: "[Lora(Base = Quantization.None)] "),
        // An error of its own: LORA1028.
        Model("[Pissa(Base = Quantization.Nf4)]", "x + fc1.weight!.sum()"),
        Model("", "functional.linear(x, fc1.weight, fc1.bias)"),
        // Initial values are set before an adapter is attached.
        Tied("[Lora(Base = Quantization.Nf4)]", "init.normal_(fc1.weight); fc1.weight = new Parameter(fc1.weight! * 2);"),
        Tied("[Lora(Base = Quantization.Nf4, Exclude = [\"fc1\", \"fc2\"])]", "fc2.weight = fc1.weight;"),
        Tied("[Lora(Base = Quantization.Nf4)]", "if (Environment.ProcessorCount > 1) fc2.weight = fc1.weight;"),
        // Only a Linear's weight is quantised.
        """
        [Lora(Base = Quantization.Nf4, Targets = ["embed", "fc"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding embed = Embedding(100, 64);
            private readonly Linear fc = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(embed.forward(x)) + embed.weight!.sum();
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            Model("[Lora(Base = Quantization.Nf4)]", "functional.linear(x, fc1.weight, fc1.bias)"),
            Model("[Lora(Base = Quantization.Nf4)]", "fc1.forward(x)")
        ),
    ];

    [Fact]
    public async Task A_tie_has_no_call_to_advise()
    {
        Assert.Equal($"fc1.weight is read without a call of fc1, as fc2.weight, so it can't be quantised; {Elsewhere}", await MessageOf(Fires[^2]));
    }

    private static string Model(string attribute, string result, string onLayer = "")
    {
        return $$"""
            {{attribute}}
            public sealed class Model : Module<Tensor, Tensor>
            {
                {{onLayer}}private readonly Linear fc1 = Linear(64, 64);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => {{result}};
            }
            """;
    }

    private static string Tied(string attribute, string statement)
    {
        return $$"""
            {{attribute}}
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc1 = Linear(64, 64);
                private readonly Linear fc2 = Linear(64, 64);

                public Model() : base("Model")
                {
                    {{statement}}
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => fc2.forward(fc1.forward(x));
            }
            """;
    }
}
