namespace LoraGen.Analyzers.Tests.Rules;

public sealed class RatioBelowOneTests : FixableRuleTests
{
    protected override string Id => "LORA4019";

    protected override string Message => "The ratio is 0.0625, so B gets a lower learning rate than A, but LoRA+ needs a higher one for B; use 16";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                var optimizer = optim.AdamW(lora.ParameterGroups(2e-4, {|LORA4019:1.0 / 16|}));
                optimizer.step();
            }
        }
        """,
        """
        static class Program
        {
            private const double Ratio = 0.5;

            static optim.Optimizer Make(NetLora lora) => optim.AdamW(lora.ParameterGroups(ratio: {|LORA4019:Ratio|}, learningRate: 1e-3), weight_decay: 0.1);
        }
        """,
        """
        using var net = new Net();
        using var adapter = net.AttachLora();
        foreach (var group in adapter.ParameterGroups(1e-3, {|LORA4019:0|}, embeddingLearningRate: 1e-6))
            Console.WriteLine(group.LearningRate);
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        static class Program
        {
            static optim.Optimizer Make(NetLora lora) => optim.AdamW(lora.ParameterGroups(1e-3, 16));
        }
        """,
        """
        static class Program
        {
            static optim.Optimizer Make(NetLora lora) => optim.AdamW(lora.ParameterGroups(0.5, 1, 0.1));
        }
        """,
        """
        static class Program
        {
            static optim.Optimizer Make(NetLora lora, double ratio) => optim.AdamW(lora.ParameterGroups(1e-3, ratio));
        }
        """,
        """
        sealed class Other
        {
            public int ParameterGroups(double learningRate, double ratio) => 0;

            public int Use(NetLora lora) => ParameterGroups(1, 0.5) + lora.Sites.Count;
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            static class Program
            {
                static optim.Optimizer Make(NetLora lora) => optim.AdamW(lora.ParameterGroups(1e-3, 0.0625));
            }
            """,
            """
            static class Program
            {
                static optim.Optimizer Make(NetLora lora) => optim.AdamW(lora.ParameterGroups(1e-3, 16));
            }
            """),
    ];
}
