namespace LoraGen.Analyzers.Tests.Rules;

public sealed class BAdamOverAdaptedModelTests : RuleTests
{
    protected override string Id => "LORA4017";

    protected override string Message => "BAdam trains the parameters of model, which AttachLora() has frozen, and throws; "
        + "pass the adapter's Parameters() to torch.optim.AdamW, or detach it before";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                using var optimizer = new BAdam({|LORA4017:model|}, learningRate: 1e-3);
            }
        }
        """,
        """
        using var net = new Net();
        using (var lora = net.AttachLora())
        {
            var optimizer = new BAdam(interval: 50, model: {|LORA4017:net|});
        }
        """,
        """
        sealed class Trainer(Net net)
        {
            private NetLora? _lora;
            private optim.Optimizer? _optimizer;

            public void Begin()
            {
                _lora = net.AttachLora();
                _optimizer = new BAdam({|LORA4017:net|});
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        static class Program
        {
            static void Detached(Net model)
            {
                var lora = model.AttachLora();
                lora.Detach();
                using var optimizer = new BAdam(model);
            }
        }
        """,
        """
        static class Program
        {
            static void Before(Net model)
            {
                using (var optimizer = new BAdam(model))
                    optimizer.step();
                using var lora = model.AttachLora();
            }
        }
        """,
        """
        static class Program
        {
            static void Another(Net model, Net teacher)
            {
                using var lora = model.AttachLora();
                using var optimizer = new BAdam(teacher);
            }
        }
        """,
        """
        static class Program
        {
            static void Perhaps(Net model, bool adapts)
            {
                if (adapts)
                {
                    using var lora = model.AttachLora();
                    return;
                }

                using var optimizer = new BAdam(model);
            }
        }
        """,
        """
        static class Program
        {
            static void Elsewhere(Net model)
            {
                var lora = model.AttachLora();
                End(lora);
                using var optimizer = new BAdam(model);
            }

            static void End(NetLora lora) => lora.Dispose();
        }
        """,
    ];
}
