namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AdapterUsedAfterEndTests : RuleTests
{
    protected override string Id => "LORA4010";

    protected override string Message => "lora.Parameters() comes after lora.Dispose(), which freed its parameters; use it before, or attach a new adapter";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Run(Net model)
            {
                var lora = model.AttachLora();
                lora.Dispose();
                Console.WriteLine({|LORA4010:lora.Parameters()|}.Count);
                {|LORA4010:lora.Merge()|};
            }
        }
        """,
        """
        using var net = new Net();
        var lora = net.AttachLora();
        var merged = lora.MergeAndUnload();
        foreach (var x in new[] { ones(1, 64) })
        {
            merged.call(x);
            Console.WriteLine({|LORA4010:lora.Fc1|}.A);
            {|LORA4010:lora["fc2"]|}.Parameters.ToList();
        }

        {|LORA4010:lora.To(ScalarType.Float16)|};
        """,
        """
        sealed class Server(NetLora lora)
        {
            private readonly NetLora _lora = lora;

            public void Stop(bool keep)
            {
                _lora.Detach();
                if (keep)
                    {|LORA4010:_lora.Merge()|};
                else
                    {|LORA4010:_lora.ActivateOnly()|};
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // What needs no parameters.
        """
        static class Program
        {
            static Net Run(Net model, Tensor x)
            {
                var lora = model.AttachLora();
                lora.MergeAndUnload();
                Console.WriteLine($"{lora.Name}: {lora.Sites.Count}, {lora.IsMerged}, {lora.Fc1.Path}");
                lora.Detach();
                lora.Dispose();
                return lora.BaseModel;
            }
        }
        """,
        // A detached adapter keeps its parameters.
        """
        static class Program
        {
            static void Run(NetLora lora)
            {
                lora.Detach();
                Console.WriteLine(lora.ParameterCount);
                foreach (var parameter in lora.Parameters())
                    Console.WriteLine(parameter.norm());
                Console.WriteLine(lora.Fc1.Delta().norm());
            }
        }
        """,
        // Another one in the same variable.
        """
        static class Program
        {
            static void Run(Net model)
            {
                var lora = model.AttachLora();
                lora.Dispose();
                lora = model.AttachLora();
                lora.Merge();
            }
        }
        """,
        // The way out.
        """
        static class Program
        {
            static int Run(NetLora lora, bool merge)
            {
                if (!merge)
                {
                    lora.Dispose();
                    return 0;
                }

                lora.Merge();
                return lora.Parameters().Count;
            }
        }
        """,
        // Whoever asks, knows.
        """
        static class Program
        {
            static void Run(NetLora lora)
            {
                lora.Detach();
                if (lora.IsAttached)
                    lora.Merge();
            }
        }
        """,
        // A local function below what calls it before.
        """
        using var net = new Net();
        var lora = net.AttachLora();
        Console.WriteLine(Count());
        lora.Dispose();

        int Count() => lora.Parameters().Count;
        """,
        // Disposed at the end whatever happens.
        """
        static class Program
        {
            static void Run(NetLora lora)
            {
                try
                {
                    lora.Merge();
                }
                catch (InvalidOperationException)
                {
                    lora.Dispose();
                }
                finally
                {
                    lora.Unmerge();
                }
            }
        }
        """,
    ];
}
