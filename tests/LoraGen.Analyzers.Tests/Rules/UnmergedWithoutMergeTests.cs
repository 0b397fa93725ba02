namespace LoraGen.Analyzers.Tests.Rules;

public sealed class UnmergedWithoutMergeTests : FixableRuleTests
{
    protected override string Id => "LORA5002";

    protected override string Message => "lora is not merged here, so this Unmerge() throws; remove it, or call lora.Merge() before";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Run(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                {|LORA5002:lora.Unmerge()|};
                model.call(x);
            }
        }
        """,
        """
        using var net = new Net();
        using (NetLora adapter = net.AttachLora())
        {
            adapter.Merge();
            adapter.Unmerge();
            foreach (var x in new[] { ones(1, 64) })
            {
                {|LORA5002:adapter.Unmerge()|};
                net.call(x);
            }
        }
        """,
        """
        sealed class Server(Net net)
        {
            private NetLora? _lora;

            public void Start(bool clean)
            {
                _lora = net.AttachLora();
                if (clean)
                    {|LORA5002:_lora.Unmerge()|};
            }

            public void Stop() => _lora?.Unmerge();
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        static class Program
        {
            static void Run(Net model)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                Console.ReadLine();
                lora.Unmerge();
            }
        }
        """,
        // In the round before.
        """
        static class Program
        {
            static void Run(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                for (var i = 0; i < 3; i++)
                {
                    if (i > 0)
                        lora.Unmerge();
                    model.call(x).sum().backward();
                    lora.Merge();
                }
            }
        }
        """,
        // Merged by the caller.
        """
        static class Program
        {
            static void Train(NetLora lora, Tensor x)
            {
                lora.Unmerge();
                lora.BaseModel.call(x).sum().backward();
            }
        }
        """,
        // Asked before.
        """
        static class Program
        {
            static void Run(Net model)
            {
                using var lora = model.AttachLora();
                if (lora.IsMerged)
                    lora.Unmerge();
            }
        }
        """,
        // Merged by someone else.
        """
        static class Program
        {
            static void Run(Net model)
            {
                using var lora = model.AttachLora();
                Evaluate(lora);
                lora.Unmerge();
                Merge();
                lora.Unmerge();

                void Merge() => lora.Merge();
            }

            static void Evaluate(Adapter adapter) => adapter.Merge();
        }
        """,
        // Merged or not.
        """
        static class Program
        {
            static void Run(Net model, bool merge)
            {
                using var lora = model.AttachLora();
                if (merge)
                    lora.Merge();
                Console.ReadLine();
                if (merge)
                    lora.Unmerge();
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
                static void Run(Net model, Tensor x)
                {
                    using var lora = model.AttachLora();
                    lora.Unmerge();
                    model.call(x);
                }
            }
            """,
            """
            static class Program
            {
                static void Run(Net model, Tensor x)
                {
                    using var lora = model.AttachLora();
                    model.call(x);
                }
            }
            """),
    ];
}
