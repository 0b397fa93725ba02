namespace LoraGen.Analyzers.Tests.Rules;

public sealed class SavedWhileMergedTests : FixableRuleTests
{
    protected override string Id => "LORA5003";

    protected override string Message =>
        "model is saved while lora is merged: the file holds base plus adapter, and attaching would add the adapter again; call lora.Unmerge() before, "
        + "or lora.MergeAndUnload() to keep the merged model";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Run(Net model)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                {|LORA5003:model.save("base.dat")|};
            }
        }
        """,
        """
        using var net = new Net();
        using var lora = net.AttachLora();
        lora.Merge();
        if (args.Length > 0)
        {
            using var stream = System.IO.File.Create(args[0]);
            {|LORA5003:net.save(stream)|};
        }

        lora.Unmerge();
        """,
        """
        sealed class Server(NetLora lora)
        {
            public void Save(System.IO.BinaryWriter writer)
            {
                lora.Merge();
                Module.save_state_dict(writer, {|LORA5003:lora.BaseModel.state_dict()|});
            }
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
                model.SaveCheckpoint("my-model");
                lora.Unmerge();
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
                lora.Unmerge();
                model.save("base.dat");
            }
        }
        """,
        """
        static class Program
        {
            static void Run(Net model)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                lora.MergeAndUnload().save("model.dat");
                model.save("model2.dat");
            }
        }
        """,
        // It says so in its name.
        """
        static class Program
        {
            static void Run(Net model, string mergedPath)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                model.save("net.Merged.dat");
                model.save(mergedPath);
                lora.Unmerge();
            }
        }
        """,
        // Looked at, not written.
        """
        static class Program
        {
            static void Run(Net model)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                Console.WriteLine(model.state_dict().Count);
            }
        }
        """,
        // Another model.
        """
        static class Program
        {
            static void Run(Net model, Net teacher)
            {
                using var lora = model.AttachLora();
                lora.Merge();
                teacher.save("teacher.dat");
            }
        }
        """,
        // Perhaps not merged.
        """
        static class Program
        {
            static void Run(Net model, bool merge)
            {
                using var lora = model.AttachLora();
                if (merge)
                {
                    lora.Merge();
                }

                model.save("base.dat");
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
                    lora.Merge();
                    model.call(x);
                    model.save("base.dat");
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
                    lora.Unmerge();
                    model.save("base.dat");
                }
            }
            """),
    ];
}
