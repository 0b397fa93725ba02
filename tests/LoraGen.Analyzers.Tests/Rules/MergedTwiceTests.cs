namespace LoraGen.Analyzers.Tests.Rules;

public sealed class MergedTwiceTests : FixableRuleTests
{
    protected override string Id => "LORA5001";

    protected override string Message => "lora is already merged, so this Merge() throws; remove it, or call lora.Unmerge() between the two";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Run(Net model, Tensor x)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                model.call(x);
                {|LORA5001:lora.Merge()|};
            }
        }
        """,
        """
        using var net = new Net();
        var adapter = net.AttachLora();
        adapter.Merge();
        foreach (var x in new[] { ones(1, 64) })
        {
            {|LORA5001:adapter.Merge()|};
            net.call(x);
        }
        """,
        """
        sealed class Server(NetLora lora)
        {
            public NetLora Lora { get; } = lora;

            public void Start(bool again)
            {
                this.Lora.Merge();
                Console.WriteLine("merged");
                if (again)
                    {|LORA5001:this.Lora.Merge()|};
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // Perhaps it is unmerged there.
        """
        static class Program
        {
            static void Run(Net model, Action<Action> run)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                run(lora.Unmerge);
                lora.Merge();
            }
        }
        """,
        // In turn.
        """
        static class Program
        {
            static void Run(Net model)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                lora.Unmerge();
                lora.Merge();
            }
        }
        """,
        // Two adapters.
        """
        static class Program
        {
            static void Run(Net model)
            {
                using var lora = model.AttachLora();
                using var german = model.AttachLora("german");
                lora.Merge();
                german.Merge();
            }
        }
        """,
        // Two objects' adapters.
        """
        sealed class Holder(NetLora lora)
        {
            public NetLora Lora { get; } = lora;

            public static void Merge(Holder one, Holder other)
            {
                one.Lora.Merge();
                other.Lora.Merge();
            }
        }
        """,
        // One branch or the other.
        """
        static class Program
        {
            static void Run(NetLora lora, bool early)
            {
                if (early)
                    lora.Merge();
                Console.WriteLine(early);
                if (!early)
                    lora.Merge();
            }
        }
        """,
        // Asked before.
        """
        static class Program
        {
            static void Run(NetLora lora)
            {
                lora.Merge();
                Console.ReadLine();
                if (!lora.IsMerged)
                    lora.Merge();
            }
        }
        """,
        // A new adapter in the same variable, and one that is another each time.
        """
        static class Program
        {
            static void Run(Net model)
            {
                var lora = model.AttachLora();
                lora.Merge();
                lora.Dispose();
                lora = model.AttachLora();
                lora.Merge();
                New.Merge();
                New.Merge();
            }

            static NetLora New => new Net().AttachLora();
        }
        """,
        // A method that is written below what calls it first.
        """
        using var net = new Net();
        var lora = net.AttachLora();
        Once();
        lora.Unmerge();
        lora.Merge();

        void Once() => lora.Merge();
        """,
        // A field that one of the class's own methods changes.
        """
        sealed class Server(NetLora lora)
        {
            private NetLora _lora = lora;

            public void Restart()
            {
                _lora.Merge();
                Stop();
                _lora.Merge();
            }

            private void Stop() => _lora.Unmerge();
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
                    lora.Merge();
                    model.call(x);
                    lora.Merge();
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
                    lora.Merge();
                    model.call(x);
                    model.call(x);
                }
            }
            """),
        (
            """
            using var net = new Net();
            using var lora = net.AttachLora();
            lora.Merge();
            lora.Merge();
            """,
            """
            using var net = new Net();
            using var lora = net.AttachLora();
            lora.Merge();
            """),
    ];
}
