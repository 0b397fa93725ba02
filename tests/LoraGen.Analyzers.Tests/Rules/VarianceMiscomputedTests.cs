namespace LoraGen.Analyzers.Tests.Rules;

public sealed class VarianceMiscomputedTests : FixableRuleTests
{
    protected override string Id => "LORA3012";

    protected override string Message =>
        "In TorchSharp x.var(unbiased: false) ignores unbiased: false and divides by one less than the number of elements; "
        + "write x.flatten().var(0, unbiased: false)";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        public static class Norm
        {
            public static Tensor Of(Tensor x) => x / {|LORA3012:x.var(unbiased: false)|};
        }
        """,
        """
        public sealed class Model() : Module<Tensor, Tensor>("Model")
        {
            public override Tensor forward(Tensor x)
            {
                var centered = x - x.mean();
                return centered / ({|LORA3012:torch.var(centered, false)|} + {|LORA3012:(centered * 2).var(false)|});
            }
        }
        """,
        """
        var x = randn(4, 4);
        var (variance, mean) = {|LORA3012:torch.var_mean(x)|};
        Console.WriteLine({|LORA3012:var_mean(x, unbiased: true)|}.mean + variance + mean);
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        public static class Norm
        {
            public static Tensor Of(Tensor x) => x.var() + x.var(true) + torch.var(x) + torch.var(x, unbiased: true);
        }
        """,
        """
        public static class Norm
        {
            public static Tensor Of(Tensor x) => x.var(0, unbiased: false) + x.var(new long[] { 0, 1 }, false) + torch.var(x, (0, 1), false) + x.std(false);
        }
        """,
        """
        public static class Norm
        {
            public static Tensor Of(Tensor x, bool isUnbiased) =>
                x.var(isUnbiased) + x.var_mean(false).var + torch.var_mean(x, 0, false).var + torch.std_mean(x, false).std;
        }
        """,
        // Methods of that name that are not TorchSharp's.
        """
        public static class Own
        {
            public static double Of(double[] x) => var(x, unbiased: false);

            private static double var(double[] x, bool unbiased) => x.Length - (unbiased ? 1 : 0);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            public static class Norm
            {
                public static Tensor Of(Tensor x) => x.var(unbiased: false).sqrt();
            }
            """,
            """
            public static class Norm
            {
                public static Tensor Of(Tensor x) => x.flatten().var(0, unbiased: false).sqrt();
            }
            """),
        (
            """
            public static class Norm
            {
                public static Tensor Of(Tensor x)
                {
                    var (variance, mean) = torch.var_mean(x * 2, unbiased: false);
                    return (x - mean) / variance;
                }
            }
            """,
            """
            public static class Norm
            {
                public static Tensor Of(Tensor x)
                {
                    var (variance, mean) = (x * 2).var_mean(unbiased: false);
                    return (x - mean) / variance;
                }
            }
            """),
    ];
}
