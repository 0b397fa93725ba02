namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AdapterNotDisposedTests : FixableRuleTests
{
    protected override string Id => "LORA4011";

    protected override string Message =>
        "lora is never disposed, so its parameters stay in memory until the garbage collector runs, and model stays adapted; declare it with using";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                var {|LORA4011:lora|} = model.AttachLora();
                var optimizer = optim.AdamW(lora.Parameters());
                model.call(x).sum().backward();
                optimizer.step();
            }
        }
        """,
        """
        using var net = new Net();
        NetLora {|LORA4011:adapter|} = net.AttachLora(name: "german");
        adapter.Merge();
        Console.WriteLine($"{adapter}: {adapter.ParameterCount}");
        """,
        """
        sealed class Trainer
        {
            public int Count(Net[] nets)
            {
                var count = 0;
                foreach (var net in nets)
                {
                    Adapter? {|LORA4011:adapter|} = net.AttachLora();
                    count += adapter is null ? 0 : adapter.Parameters().Count;
                }

                return count;
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
                using (var german = model.AttachLora("german"))
                    german.ActivateOnly();
                using NetLora third = model.AttachLora("third"), fourth = model.AttachLora("fourth");
            }
        }
        """,
        """
        static class Program
        {
            static void Train(Net model, bool keep)
            {
                var lora = model.AttachLora();
                if (keep)
                    lora.MergeAndUnload();
                else
                    lora?.Dispose();
            }
        }
        """,
        """
        sealed class Trainer
        {
            private NetLora? _lora;
            private readonly List<Adapter> _all = [];

            public NetLora Attach(Net model)
            {
                var lora = model.AttachLora();
                lora.ActivateOnly();
                return lora;
            }

            public void Keep(Net model)
            {
                var lora = model.AttachLora();
                _lora = lora;
                var other = model.AttachLora("other");
                _all.Add(other);
                _lora = model.AttachLora("third");
            }
        }
        """,
        """
        static class Program
        {
            static Func<int> Count(Net model)
            {
                var lora = model.AttachLora();
                return () => lora.Parameters().Count;
            }

            static void Handed(Net model)
            {
                var lora = model.AttachLora();
                using (lora)
                    lora.Merge();
            }

            static (Net, NetLora) Both(Net model)
            {
                var lora = model.AttachLora();
                return (model, lora);
            }
        }
        """,
        """
        static class Program
        {
            static void Run(Net model)
            {
                var lora = model.AttachLora();
                try
                {
                    lora.Merge();
                }
                finally
                {
                    lora.Dispose();
                }
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
                    // The adapter.
                    var lora = model.AttachLora();
                    var optimizer = optim.AdamW(lora.Parameters());
                }
            }
            """,
            """
            static class Program
            {
                static void Train(Net model)
                {
                    // The adapter.
                    using var lora = model.AttachLora();
                    var optimizer = optim.AdamW(lora.Parameters());
                }
            }
            """),
        (
            """
            using var net = new Net();
            var lora = net.AttachLora();
            Console.WriteLine(lora.ParameterCount);
            """,
            """
            using var net = new Net();
            using var lora = net.AttachLora();
            Console.WriteLine(lora.ParameterCount);
            """),
    ];
}
