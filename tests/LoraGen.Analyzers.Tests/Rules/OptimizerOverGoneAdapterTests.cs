namespace LoraGen.Analyzers.Tests.Rules;

public sealed class OptimizerOverGoneAdapterTests : RuleTests
{
    protected override string Id => "LORA4004";

    protected override string Message =>
        "The parameters of lora are passed to an optimizer after lora.MergeAndUnload(), which freed them; create it before, or attach a new adapter";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model)
            {
                var lora = model.AttachLora();
                model = lora.MergeAndUnload();
                var optimizer = optim.AdamW({|LORA4004:lora.Parameters()|}, lr: 1e-3);
            }
        }
        """,
        """
        using var net = new Net();
        var adapter = net.AttachLora();
        adapter.Dispose();
        if (args.Length > 0)
            Train(optim.SGD({|LORA4004:adapter.Parameters().Where(p => p.requires_grad)|}, 1e-3));

        static void Train(optim.Optimizer optimizer) => optimizer.step();
        """,
        """
        sealed class Trainer(NetLora lora)
        {
            private optim.Optimizer? _optimizer;

            public void Restart()
            {
                lora.Detach();
                _optimizer = optim.Adam({|LORA4004:lora.Parameters()|});
            }

            public void Step() => _optimizer?.step();
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
                var lora = model.AttachLora();
                var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                optimizer.step();
                lora.Dispose();
            }
        }
        """,
        """
        static class Program
        {
            static void Train(Net model)
            {
                var lora = model.AttachLora();
                lora.Dispose();
                lora = model.AttachLora();
                var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
            }
        }
        """,
        """
        static class Program
        {
            static void Train(NetLora first, NetLora second)
            {
                first.Dispose();
                var optimizer = optim.AdamW(second.Parameters(), lr: 1e-3);
            }
        }
        """,
        """
        static class Program
        {
            static void Train(NetLora lora, bool stop)
            {
                if (stop)
                {
                    lora.Dispose();
                    return;
                }

                var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
            }
        }
        """,
        """
        static class Program
        {
            static void Train(NetLora lora)
            {
                Action end = () => lora.Dispose();
                var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                end();
            }
        }
        """,
    ];
}
