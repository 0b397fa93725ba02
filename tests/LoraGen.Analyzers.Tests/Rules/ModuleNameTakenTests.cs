namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ModuleNameTakenTests : RuleTests
{
    protected override string Id => "LORA3004";

    protected override string Message => "fc is already registered by RegisterComponents(), so this throws; give the module another name";

    protected override IReadOnlyList<string> Fires =>
    [
        Model("fc = Linear(4, 4); RegisterComponents(); register_module({|LORA3004:\"fc\"|}, fc);"),
        Model("fc = Linear(4, 4); register_module(\"layer\", fc); add_module({|LORA3004:\"layer\"|}, Linear(4, 4));"),
        """
        public static class Outer
        {
            private partial class Model
            {
                private const string Name = "head";
                private readonly Linear head = Linear(4, 4);
            }

            private partial class Model : Module<Tensor, Tensor>
            {
                public Model() : base("Model")
                {
                    this.RegisterComponents();
                    this.register_module({|LORA3004:Name|}, new Sequence());
                }

                public override Tensor forward(Tensor x) => head.forward(x);
            }

            private sealed class Sequence() : Module<Tensor, Tensor>("Sequence")
            {
                public override Tensor forward(Tensor x) => x;
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // The other way round RegisterComponents passes by what is there.
        Model("fc = Linear(4, 4); register_module(\"fc\", fc); RegisterComponents();"),
        // Taken out before; null takes out as well; not sure to be there.
        Model("fc = Linear(4, 4); RegisterComponents(); register_module(\"fc\", null!); register_module(\"fc\", fc);"),
        Model("fc = given; RegisterComponents(); register_module(\"fc\", Linear(4, 4));"),
        Model("fc = Linear(4, 4); register_module(\"a\", fc); Clear(); register_module(\"a\", fc);"),
        // Another name, and not on the same path.
        Model("fc = Linear(4, 4); RegisterComponents(); register_module(\"Fc\", fc);"),
        Model("fc = Linear(4, 4); if (given is null) register_module(\"a\", fc); else register_module(\"a\", given); RegisterComponents();"),
        // An auto-property's name is another.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            public Linear Fc { get; } = Linear(4, 4);

            public Model() : base("Model")
            {
                RegisterComponents();
                register_module("Fc", Fc);
            }

            public override Tensor forward(Tensor x) => Fc.forward(x);
        }
        """,
        // A class of its own.
        """
        public sealed class Registry
        {
            public Registry()
            {
                register_module("a", "b");
                register_module("a", "b");
            }

            private void register_module(string name, string value) => Console.WriteLine(name + value);
        }
        """,
    ];

    private static string Model(string constructor) =>
        $$"""
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public Model(Linear given)
                : base("Model")
            {
                {{constructor}}
            }

            public override Tensor forward(Tensor x) => fc.forward(x);

            private void Clear() => ClearModules();
        }
        """;
}
