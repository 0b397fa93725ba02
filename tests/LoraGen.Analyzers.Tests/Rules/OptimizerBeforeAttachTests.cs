namespace LoraGen.Analyzers.Tests.Rules;

public sealed class OptimizerBeforeAttachTests : FixableRuleTests
{
    protected override string Id => "LORA4002";

    protected override string Message =>
        "optimizer holds the parameters of model, which AttachLora() freezes, and none of the adapter's; "
        + "create it after attaching, over the adapter's Parameters()";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                var optimizer = {|LORA4002:optim.AdamW(model.parameters(), lr: 1e-3)|};
                using var lora = model.AttachLora();
                model.call(x).sum().backward();
                optimizer.step();
            }
        }
        """,
        """
        using var net = new Net();
        var sgd = {|LORA4002:optim.SGD(net.parameters().Where(p => p.requires_grad), 1e-3)|};
        var schedule = optim.lr_scheduler.StepLR(sgd, 10);
        using (var lora = net.AttachLora(name: "german"))
        {
            foreach (var x in new[] { ones(1, 64), zeros(1, 64) })
            {
                sgd.zero_grad();
                net.call(x).mean().backward();
                sgd.step();
            }
        }
        """,
        """
        sealed class Trainer
        {
            private readonly Net _net = new();
            private readonly optim.Optimizer _optimizer;
            private readonly NetLora _lora;

            public Trainer()
            {
                _optimizer = {|LORA4002:optim.Adam(_net.parameters())|};
                _lora = _net.AttachLora();
            }

            public void Step() => _optimizer.step();

            public int Count => _lora.Parameters().Count;
        }
        """,
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var optimizer = {|LORA4002:new BAdam(model)|};
                using var lora = model.AttachLora();
                model.call(x).sum().backward();
                optimizer.step();
            }
        }
        """,
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                using var optimizer = {|LORA4002:new GaLore([new GaLoreGroup(model.parameters(), 4)])|};
                using var lora = model.AttachLora();
                model.call(x).sum().backward();
                optimizer.step();
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // Training the base first, then an adapter with its own optimizer.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                var first = optim.AdamW(model.parameters(), lr: 1e-3);
                model.call(x).sum().backward();
                first.step();

                using var lora = model.AttachLora();
                var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                model.call(x).sum().backward();
                optimizer.step();
            }
        }
        """,
        // One variable, filled again.
        """
        static class Program
        {
            static void Train(Net model, bool full, Tensor x)
            {
                optim.Optimizer optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
                using var lora = full ? null : model.AttachLora();
                if (lora is not null)
                    optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                model.call(x).sum().backward();
                optimizer.step();
            }
        }
        """,
        // The other branch.
        """
        static class Program
        {
            static void Train(Net model, bool full, Tensor x)
            {
                optim.Optimizer? optimizer = null;
                if (full)
                    optimizer = optim.AdamW(model.parameters());
                else
                    _ = model.AttachLora();
                model.call(x).sum().backward();
                optimizer?.step();
            }
        }
        """,
        // Another model's optimizer.
        """
        static class Program
        {
            static void Train(Net critic, Net model, Tensor x)
            {
                var optimizer = optim.AdamW(critic.parameters(), lr: 1e-3);
                using var lora = model.AttachLora();
                critic.call(model.call(x)).sum().backward();
                optimizer.step();
            }
        }
        """,
        // The adapter's branch has left by the time of the step.
        """
        static class Program
        {
            static void Train(Net model, bool peft, Tensor x)
            {
                var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
                if (peft)
                {
                    using var lora = model.AttachLora();
                    return;
                }

                model.call(x).sum().backward();
                optimizer.step();
            }
        }
        """,
        // A model that comes after.
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
                model = new Net();
                using var lora = model.AttachLora();
                model.call(x);
                optimizer.step();
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
                static void Train(Net model, Tensor x)
                {
                    // Small steps.
                    var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
                    using var lora = model.AttachLora();
                    model.call(x).sum().backward();
                    optimizer.step();
                }
            }
            """,
            """
            static class Program
            {
                static void Train(Net model, Tensor x)
                {
                    using var lora = model.AttachLora();
                    // Small steps.
                    var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
                    model.call(x).sum().backward();
                    optimizer.step();
                }
            }
            """),
        (
            """
            using var net = new Net();
            using var optimizer = optim.SGD(net.parameters(), 1e-3);
            var lora = net.AttachLora();
            net.call(ones(1, 64)).mean().backward();
            optimizer.step();
            """,
            """
            using var net = new Net();
            var lora = net.AttachLora();
            using var optimizer = optim.SGD(net.parameters(), 1e-3);
            net.call(ones(1, 64)).mean().backward();
            optimizer.step();
            """),
    ];
}
