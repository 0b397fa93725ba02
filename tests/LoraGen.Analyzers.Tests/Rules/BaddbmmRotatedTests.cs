namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BaddbmmRotatedTests : FixableRuleTests
{
    protected override string Id => "LORA3009";

    protected override string Message =>
        "In TorchSharp this baddbmm computes b + x·a, not x + a·b: with equal sizes the result is wrong without an error; add a.bmm(b) instead";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        public static class Program
        {
            public static Tensor Scores(Tensor x, Tensor a, Tensor b) => {|LORA3009:x.baddbmm(a, b)|};
        }
        """,
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Parameter bias = new(zeros(2, 3, 3));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                var y = {|LORA3009:baddbmm(bias, x, x.transpose(1, 2), beta: 0.5f)|};
                return {|LORA3009:torch.baddbmm(batch2: x, batch1: y, input: (x + y))|};
            }
        }
        """,
        """
        Tensor? x = randn(2, 3, 3);
        var all = new[] { x }.Select(each => {|LORA3009:(each * 2).baddbmm(each, each, 1, 2)|}).ToArray();
        Console.WriteLine(x?{|LORA3009:.baddbmm(x, x)|});
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        public static class Program
        {
            public static Tensor Scores(Tensor x, Tensor a, Tensor b) => x.add(a.bmm(b)) + x.addbmm(a, b).sum();
        }
        """,
        """
        public static class Program
        {
            public static Tensor Scores(Tensor x, Tensor a, Tensor b) => x.addmm(a, b) + addmm(x, a, b, 1, 1);
        }
        """,
        // Methods of that name that are not TorchSharp's.
        """
        public static class Own
        {
            public static Tensor Scores(Tensor x, Tensor a, Tensor b) => baddbmm(x, a, b);

            private static Tensor baddbmm(Tensor x, Tensor a, Tensor b) => x.add(a.bmm(b));
        }
        """,
        """
        public static class Program
        {
            public static string Name(Tensor x) => nameof(x.baddbmm);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            public static class Program
            {
                public static Tensor Scores(Tensor x, Tensor a, Tensor b) => x.baddbmm(a, b).softmax(-1);
            }
            """,
            """
            public static class Program
            {
                public static Tensor Scores(Tensor x, Tensor a, Tensor b) => x.add(a.bmm(b)).softmax(-1);
            }
            """),
        (
            """
            public static class Program
            {
                public static Tensor Scores(Tensor x, Tensor a, Tensor b)
                {
                    var scores = torch.baddbmm(x + 1, -a, b.transpose(1, 2), 0.5f, 2);
                    return scores;
                }
            }
            """,
            """
            public static class Program
            {
                public static Tensor Scores(Tensor x, Tensor a, Tensor b)
                {
                    var scores = (x + 1).mul(0.5f).add((-a).bmm(b.transpose(1, 2)).mul(2));
                    return scores;
                }
            }
            """),
    ];
}
