namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AdapterDroppedTests : FixableRuleTests
{
    protected override string Id => "LORA4012";

    protected override string Message =>
        "The adapter that AttachLora() returns is not stored: it is attached, but can no longer be trained, saved or detached; store it in a variable";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        static class Program
        {
            static void Train(Net model, Tensor x)
            {
                {|LORA4012:model.AttachLora()|};
                model.call(x).sum().backward();
            }
        }
        """,
        """
        {|LORA4012:new Net().AttachLora(name: "german")|};
        Console.WriteLine("attached");
        """,
        """
        [Lora(Name = "style")]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);

            public void Prepare(bool adapt)
            {
                if (adapt)
                    {|LORA4012:this.AttachStyleLora()|};
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        "static class Program { static NetLora Attach(Net model) => model.AttachLora(); }",
        "static class Program { static void Attach(Net model) { _ = model.AttachLora(); } }",
        "static class Program { static int Attach(Net model) => model.AttachLora().Parameters().Count; }",
        """
        static class Program
        {
            static void Attach(Net model, List<Adapter> adapters)
            {
                adapters.Add(model.AttachLora());
                model.AttachLora("german").MergeAndUnload();
            }
        }
        """,
        """
        static class Program
        {
            static void Attach(Net model) => Files.AttachLora(model);
        }

        static class Files
        {
            public static Net AttachLora(Net model) => model;
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
                    // The adapter.
                    model.AttachLora();
                    model.call(x).sum().backward();
                }
            }
            """,
            """
            static class Program
            {
                static void Train(Net model, Tensor x)
                {
                    // The adapter.
                    using var lora = model.AttachLora();
                    model.call(x).sum().backward();
                }
            }
            """),
        (
            """
            using var net = new Net();
            using var lora = net.AttachLora("one");
            net.AttachLora("two");
            """,
            """
            using var net = new Net();
            using var lora = net.AttachLora("one");
            using var lora2 = net.AttachLora("two");
            """),
    ];
}
