using static LoraGen.Analyzers.Tests.Rules.HandWrittenCode;

namespace LoraGen.Analyzers.Tests.Rules;

public sealed class HandWrittenScalesBaseTests : FixableRuleTests
{
    protected override string Id => "LORA6003";

    protected override string Message =>
        "The scaling multiplies the output of linear as well as the update of lora_A and lora_B, so the model changes before any training; "
        + "multiply only the update";

    protected override IReadOnlyList<string> Fires =>
    [
        Layer("public override Tensor forward(Tensor x) => {|LORA6003:(linear.forward(x) + x.matmul(lora_A.t()).matmul(lora_B.t())) * scaling|};"),
        Layer(
            """
            public override Tensor forward(Tensor x)
            {
                var y = linear.call(x);
                using var update = x.matmul(lora_A.t()).matmul(lora_B.t());
                var sum = y.add(update);
                return {|LORA6003:sum.mul(scaling)|};
            }
            """),
        """
        public sealed class LoraLinear(Linear original, int rank, float alpha) : Module<Tensor, Tensor>("LoraLinear")
        {
            private Module<Tensor, Tensor> Original { get; } = original;
            private readonly Linear LoraDown = Linear(4, rank), LoraUp = Linear(rank, 4);

            public override Tensor forward(Tensor x)
            {
                var scale = alpha / rank;
                return {|LORA6003:scale * (LoraUp.forward(LoraDown.forward(x)) + Original.call(x))|};
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        Layer("public override Tensor forward(Tensor x) => linear.forward(x) + x.matmul(lora_A.t()).matmul(lora_B.t()) * scaling;"),
        Layer("public override Tensor forward(Tensor x) => linear.forward(x) + scaling * (x.matmul(lora_A.t()) + 0.0).matmul(lora_B.t());"),
        // Another factor, and one that is not the scaling.
        Layer(
            "public override Tensor forward(Tensor x) => (linear.forward(x) + x.matmul(lora_A.t()).matmul(lora_B.t()) * scaling) * mask;",
            "",
            "private readonly Tensor mask = ones(4);"),
        // The base layer's output is not part of the sum.
        Layer(
            """
            public override Tensor forward(Tensor x)
            {
                var update = (x.matmul(lora_A.t()).matmul(lora_B.t()) + lora_B.sum()) * scaling;
                return linear.forward(x) + update;
            }
            """),
        // No LoRA.
        """
        public sealed class Scaled(double scale) : Module<Tensor, Tensor>("Scaled")
        {
            private readonly Linear fc = Linear(4, 4);
            private readonly Linear skip = Linear(4, 4);

            public override Tensor forward(Tensor x) => (fc.forward(x) + skip.forward(x)) * scale;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            Layer("public override Tensor forward(Tensor x) => (linear.forward(x) + x.matmul(lora_A.t()).matmul(lora_B.t())) * scaling;"),
            Layer("public override Tensor forward(Tensor x) => linear.forward(x) + x.matmul(lora_A.t()).matmul(lora_B.t()) * scaling;")),
        (
            Layer("public override Tensor forward(Tensor x) => (x.matmul(lora_A.t()).matmul(lora_B.t()) / 2 + linear.forward(x)) * scaling;"),
            Layer("public override Tensor forward(Tensor x) => (x.matmul(lora_A.t()).matmul(lora_B.t()) / 2) * scaling + linear.forward(x);")),
    ];
}
