namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AttachedTwiceTests : RuleTests
{
    protected override string Id => "LORA4013";

    protected override string Message =>
        "model already has an adapter named \"default\", so this AttachLora() throws; detach that one before, or give this one another name";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model)
            {
                using var lora = model.AttachLora();
                using var second = {|LORA4013:model.AttachLora()|};
            }
        }
        """,
        """
        const string Name = "german";
        using var net = new Net();
        net.AttachLora(Name);
        if (args.Length > 0)
        {
            var again = {|LORA4013:net.AttachLora(dtype: ScalarType.BFloat16, name: "german")|};
        }
        """,
        $$"""
        [Lora(Name = "style")]
        {{Models.CalledLinear}}

        sealed class Trainer(Model model)
        {
            private ModelStyleLora? _lora;

            public void Begin()
            {
                using (_lora = model.AttachStyleLora())
                {
                    model.train();
                    using var second = {|LORA4013:ModelStyleLoraExtensions.AttachStyleLora(model)|};
                }
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // Different names.
        """
        static class Program
        {
            static void Train(Net model, string name)
            {
                using var lora = model.AttachLora();
                using var german = model.AttachLora("german");
                using var other = model.AttachLora(name);
                using var another = model.AttachLora(name + "2");
            }
        }
        """,
        // Different models.
        """
        static class Program
        {
            static void Train(Net model, Net teacher)
            {
                using var lora = model.AttachLora();
                using var second = teacher.AttachLora();
                model = new Net();
                using var third = model.AttachLora();
            }
        }
        """,
        // One after the other.
        """
        static class Program
        {
            static void Train(Net model)
            {
                using (var lora = model.AttachLora())
                    lora.Merge();
                {
                    using var lora = model.AttachLora();
                }

                var first = model.AttachLora();
                first.MergeAndUnload();
                var second = model.AttachLora();
                second.Detach();
                second = model.AttachLora();
            }
        }
        """,
        // Ended by someone else.
        """
        static class Program
        {
            static void Train(Net model)
            {
                var lora = model.AttachLora();
                Finish(lora);
                using var second = model.AttachLora();
            }

            static void Finish(Adapter adapter) => adapter.Dispose();
        }
        """,
        // One or the other.
        """
        static class Program
        {
            static NetLora Train(Net model, bool wide)
            {
                if (wide)
                    return model.AttachLora();
                else
                    Console.WriteLine("narrow");
                return model.AttachLora(dtype: ScalarType.Float64);
            }
        }
        """,
        // Kept in a list, and ended there.
        """
        static class Program
        {
            static void Train(Net model)
            {
                var all = new List<Adapter> { model.AttachLora() };
                all.ForEach(adapter => adapter.Dispose());
                using var lora = model.AttachLora();
            }
        }
        """,
    ];
}
