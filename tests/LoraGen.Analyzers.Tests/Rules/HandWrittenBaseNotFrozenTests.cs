using static LoraGen.Analyzers.Tests.Rules.HandWrittenCode;

namespace LoraGen.Analyzers.Tests.Rules;

public sealed class HandWrittenBaseNotFrozenTests : FixableRuleTests
{
    private const string Forward = "public override Tensor forward(Tensor x) => linear.forward(x) + x.matmul(lora_A.t()).matmul(lora_B.t()) * scaling;";

    private const string Freezing = "foreach (var parameter in linear.parameters()) parameter.requires_grad = false;";

    protected override string Id => "LORA6004";

    protected override string Message =>
        "Nothing in LoraLinear freezes linear, so an optimizer over parameters() trains the whole layer instead of only lora_A and lora_B; "
        + "set requires_grad = false on its weight and bias";

    protected override IReadOnlyList<string> Fires =>
    [
        Layer(Forward).Replace("Linear linear;", "Linear {|LORA6004:linear|};", StringComparison.Ordinal),
        """
        public sealed class LoraLinear(Linear original, int rank) : Module<Tensor, Tensor>("LoraLinear")
        {
            private Module<Tensor, Tensor> {|LORA6004:Original|} { get; } = original;
            private readonly Linear LoraDown = Linear(4, rank), LoraUp = Linear(rank, 4);

            public override Tensor forward(Tensor x) => LoraUp.forward(LoraDown.forward(x)) + Original.call(x);
        }
        """,
        """
        public partial class Outer
        {
            private partial class Low
            {
                private readonly Linear {|LORA6004:_fc|} = Linear(4, 4);
                private readonly Parameter _a = new(randn(8, 4)), _b = new(zeros(4, 8));
            }

            private partial class Low : Module<Tensor, Tensor>
            {
                private readonly int _rank = 8;

                public Low() : base("Low") => register_module("fc", _fc);

                public override Tensor forward(Tensor x) => _fc.forward(x) + x.matmul(_a.t()).matmul(_b.t()) / _rank;
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        Layer(Forward, "linear.weight!.requires_grad = false;"),
        Layer(Forward, "foreach (var parameter in linear.parameters()) parameter.requires_grad_(false);"),
        Layer(Forward + " private static void Stop(Linear layer) { }", "Stop(this.linear);"),
        Layer(Forward + " public void FreezeBase() => Frozen.Freeze(this);") + " static class Frozen { public static void Freeze(Module module) { } }",
        Layer("public override Tensor forward(Tensor x) => linear.forward(x).detach() + x.matmul(lora_A.t()).matmul(lora_B.t()) * scaling;"),
        // Which of them is the base layer?
        Layer(Forward, "", "private readonly Linear other = Linear(4, 4);"),
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            Layer(Forward),
            Layer(Forward, Freezing)),
    ];
}
