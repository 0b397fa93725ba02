namespace LoraGen.Analyzers.Tests.Rules;

public sealed class OptimizerOverModelParametersTests : FixableRuleTests
{
    protected override string Id => "LORA4001";

    protected override string Message => "The parameters of model are frozen since lora was attached, so this optimizer trains nothing; pass lora.Parameters()";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                var optimizer = optim.AdamW({|LORA4001:model.parameters()|}, lr: 1e-3);
            }
        }
        """,
        """
        using var model = new Net();
        using (var lora = model.AttachLora())
        {
            optim.Optimizer optimizer;
            optimizer = optim.SGD({|LORA4001:model.parameters().Where(p => p.requires_grad)|}, 1e-3);
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
                if (_optimizer is null)
                    _optimizer = optim.Adam({|LORA4001:net.parameters()|}, 1e-3);
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
            }
        }
        """,
        """
        static class Program
        {
            static void Train(Net model, Net teacher)
            {
                using var lora = model.AttachLora();
                var optimizer = optim.AdamW(teacher.parameters(), lr: 1e-3);
            }
        }
        """,
        """
        static class Program
        {
            static void Train(Net model)
            {
                var lora = model.AttachLora();
                lora.Detach();
                var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
            }
        }
        """,
        """
        static class Program
        {
            static void Train(Net model, bool full)
            {
                if (!full)
                {
                    using var lora = model.AttachLora();
                    return;
                }

                var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
            }
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            static class Program
            {
                static void Train(Net model)
                {
                    using var lora = model.AttachLora();
                    var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
                }
            }
            """,
            """
            static class Program
            {
                static void Train(Net model)
                {
                    using var lora = model.AttachLora();
                    var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                }
            }
            """),
    ];
}
