namespace LoraGen.Analyzers.Tests.Rules;

public sealed class HandWrittenWithoutScalingTests : RuleTests
{
    protected override string Id => "LORA6002";

    protected override string Message =>
        "LoraLinear takes alpha, but nothing that forward reads is computed from it: the update is added with a scaling of 1 instead of alpha / rank";

    protected override IReadOnlyList<string> Fires =>
    [
        Layer("double {|LORA6002:alpha|}", ""),
        Layer("float {|LORA6002:loraAlpha|} = 16", "_scaling = loraAlpha / rank;", "private readonly double _scaling;"),
        """
        namespace Layers
        {
            public sealed partial class Low(int rank, int {|LORA6002:alpha|}) : Module<Tensor, Tensor>("Low")
            {
                private readonly Linear _loraDown = Linear(4, rank);
                private readonly Linear _loraUp = Linear(rank, 4);
            }

            public sealed partial class Low
            {
                private double Scaling { get; } = (double)alpha / 8;

                public override Tensor forward(Tensor x) => _loraUp.forward(_loraDown.forward(x));
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        Layer("double alpha", "_scaling = alpha / rank;", "private readonly double _scaling;", " * _scaling"),
        // By way of a local and another member; within the matrix.
        Layer("double alpha", "var s = Math.Sqrt(alpha); _scaling = s / rank; _half = _scaling / 2;", "private readonly double _scaling, _half;", " * _half"),
        Layer("double alpha", "lora_B = new Parameter(lora_A.t() * alpha);"),
        // Others may use it; a base class may.
        Layer("double alpha", "Scaling = alpha / rank;", "public double Scaling { get; }"),
        """
        public sealed class LoraLinear(double alpha) : Module<Tensor, Tensor>($"LoraLinear {alpha}")
        {
            private readonly Parameter lora_A = new(randn(8, 4));
            private readonly Parameter lora_B = new(zeros(4, 8));

            public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t());
        }
        """,
        // No alpha, no LoRA.
        Layer("double dropout", ""),
        """
        public sealed class Elu(double alpha) : Module<Tensor, Tensor>("Elu")
        {
            private readonly Linear fc = Linear(4, 4);

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    private static string Layer(string parameter, string constructor, string members = "", string factor = "") =>
        $$"""
        public sealed class LoraLinear : Module<Tensor, Tensor>
        {
            private readonly Parameter lora_A;
            private readonly Parameter lora_B;
            {{members}}

            public LoraLinear(int rank, {{parameter}})
                : base("LoraLinear")
            {
                lora_A = new Parameter(randn(rank, 4));
                lora_B = new Parameter(zeros(4, rank));
                {{constructor}}
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x.matmul(lora_A.t()).matmul(lora_B.t()){{factor}};
        }
        """;
}
