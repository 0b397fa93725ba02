using static LoraGen.Analyzers.Tests.Rules.HandWrittenCode;

namespace LoraGen.Analyzers.Tests.Rules;

public sealed class HandWrittenProductInForwardTests : RuleTests
{
    protected override string Id => "LORA6005";

    protected override string Message =>
        "Every forward computes the product of lora_A and lora_B, a matrix as large as the layer's weight; multiply the input by lora_A, then by lora_B";

    protected override IReadOnlyList<string> Fires =>
    [
        Layer("public override Tensor forward(Tensor x) => linear.forward(x) + x.matmul({|LORA6005:lora_B.matmul(lora_A)|}.t()) * scaling;"),
        Layer(
            """
            public override Tensor forward(Tensor x)
            {
                var weight = linear.weight + {|LORA6005:torch.mm(lora_B, this.lora_A)|} * scaling;
                return functional.linear(x, weight);
            }
            """),
        """
        public sealed class LoraLinear(int r) : Module<Tensor, Tensor>("LoraLinear")
        {
            private readonly Linear loraA = Linear(4, r, hasBias: false);
            private readonly Linear loraB = Linear(r, 4, hasBias: false);

            public override Tensor forward(Tensor x) => matmul(x, {|LORA6005:loraA.weight!.t().matmul(loraB.weight!.t())|});
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        Layer("public override Tensor forward(Tensor x) => linear.forward(x) + x.matmul(lora_A.t()).matmul(lora_B.t()) * scaling;"),
        // Made once, when it is merged.
        Layer(
            """
            public override Tensor forward(Tensor x) => linear.forward(x) + x.matmul(lora_A.t()).matmul(lora_B.t()) * scaling;

            public Tensor Merged() => linear.weight! + lora_B.matmul(lora_A) * scaling;
            """),
        // DoRA needs it.
        Layer(
            """
            public override Tensor forward(Tensor x)
            {
                var weight = linear.weight! + lora_B.matmul(lora_A) * scaling;
                return functional.linear(x, weight / weight.norm(1, keepdim: true));
            }
            """),
        // It is kept.
        Layer(
            """
            public override Tensor forward(Tensor x)
            {
                product ??= lora_B.matmul(lora_A);
                return linear.forward(x) + x.matmul(product.t()) * scaling;
            }
            """, "", "private Tensor? product;"),
        // No LoRA.
        """
        public sealed class Product() : Module<Tensor, Tensor>("Product")
        {
            private readonly Parameter a = new(randn(4, 4));
            private readonly Parameter b = new(randn(4, 4));

            public override Tensor forward(Tensor x) => x.matmul(b.matmul(a));
        }
        """,
    ];
}
