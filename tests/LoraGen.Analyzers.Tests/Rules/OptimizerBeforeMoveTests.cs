namespace LoraGen.Analyzers.Tests.Rules;

public sealed class OptimizerBeforeMoveTests : FixableRuleTests
{
    protected override string Id => "LORA4003";

    protected override string Message => "optimizer holds parameters of lora that lora.To(…) replaces and frees; create it after the move";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model, Device device)
            {
                using var lora = model.AttachLora();
                var optimizer = {|LORA4003:optim.AdamW(lora.Parameters(), lr: 1e-3)|};
                lora.To(device);
                optimizer.step();
            }
        }
        """,
        """
        using var net = new Net();
        using var adapter = net.AttachLora();
        using var sgd = {|LORA4003:optim.SGD(adapter.Parameters(), 1e-3)|};
        adapter.To(ScalarType.BFloat16);
        for (var i = 0; i < 10; i++)
        {
            net.call(ones(1, 64)).sum().backward();
            sgd.step();
        }
        """,
        """
        sealed class Trainer(Net critic, NetLora lora)
        {
            private optim.Optimizer? _optimizer;

            public int Sites => lora.Sites.Count;

            public void Begin(Device device)
            {
                _optimizer = {|LORA4003:optim.Adam(critic.parameters())|};
                critic.to(device);
                lora.ActivateOnly();
                _optimizer.step();
            }
        }
        """,
        """
        static class Program
        {
            static void Train(Module<Tensor, Tensor> model, Device device)
            {
                using var optimizer = {|LORA4003:new BAdam(model, interval: 50)|};
                model.to(device);
                optimizer.step();
            }
        }
        """,
        """
        static class Program
        {
            static void Train(Module<Tensor, Tensor> model)
            {
                using var optimizer = {|LORA4003:new GaLore(model.parameters(), rank: 4)|};
                model.bfloat16();
                optimizer.step();
            }
        }
        """,
        """
        [AdaLora(TotalSteps = 100)]
        public sealed class Small : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);

            public Small() : base("Small") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        static class Program
        {
            static void Train(Small model, Device device)
            {
                var lora = model.AttachAdaLora();
                var optimizer = {|LORA4003:lora.Optimizer(parameters => optim.AdamW(parameters))|};
                lora.To(device);
                optimizer.step();
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        static class Program
        {
            static void Train(Module<Tensor, Tensor> model, Device device)
            {
                model.to(device);
                using var optimizer = new BAdam(model);
                optimizer.step();
            }
        }
        """,
        // In the right order.
        """
        static class Program
        {
            static void Train(Net model, Device device)
            {
                using var lora = model.AttachLora();
                lora.To(device);
                var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                optimizer.step();
            }
        }
        """,
        // The model moves: the adapter's parameters are not among its own.
        """
        static class Program
        {
            static void Train(Net model, Device device)
            {
                using var lora = model.AttachLora();
                var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                model.to(device);
                optimizer.step();
            }
        }
        """,
        // Created again.
        """
        static class Program
        {
            static void Train(NetLora lora, Device device)
            {
                var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                optimizer.step();
                lora.To(device);
                optimizer = optim.AdamW(lora.Parameters(), lr: 1e-4);
                optimizer.step();
            }
        }
        """,
        // Moved when all is done.
        """
        static class Program
        {
            static void Train(NetLora lora, Device device)
            {
                using var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                for (var i = 0; i < 10; i++)
                    optimizer.step();
                lora.To(CPU);
            }
        }
        """,
        // Another adapter.
        """
        static class Program
        {
            static void Train(NetLora lora, NetLora frozen, Device device)
            {
                var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                frozen.To(device);
                optimizer.step();
            }
        }
        """,
        // A model on the CPU stays as it is there.
        """
        static class Program
        {
            static void Train(Net critic, NetLora lora)
            {
                var optimizer = optim.AdamW(critic.parameters(), lr: 1e-3);
                critic.cpu();
                critic.to(DeviceType.CPU);
                lora.ActivateOnly();
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
                static void Train(Net model, Device device)
                {
                    using var lora = model.AttachLora();
                    var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                    lora.To(device);
                    optimizer.step();
                }
            }
            """,
            """
            static class Program
            {
                static void Train(Net model, Device device)
                {
                    using var lora = model.AttachLora();
                    lora.To(device);
                    var optimizer = optim.AdamW(lora.Parameters(), lr: 1e-3);
                    optimizer.step();
                }
            }
            """),
    ];
}
