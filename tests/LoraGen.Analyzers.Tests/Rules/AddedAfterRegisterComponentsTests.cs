namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AddedAfterRegisterComponentsTests : FixableRuleTests
{
    protected override string Id => "LORA3008";

    protected override string Message =>
        "RegisterComponents() runs before this constructor adds to layers, so TorchSharp never moves, saves or trains what is added; "
        + "call it at the end of the constructor";

    protected override IReadOnlyList<string> Fires =>
    [
        Model("{|LORA3008:RegisterComponents()|}; for (var i = 0; i < 3; i++) layers.Add(Linear(4, 4));"),
        Model("{|LORA3008:this.RegisterComponents()|}; var layer = Linear(4, 4); this.layers.append(layer, Linear(4, 4));"),
        """
        public static class Outer
        {
            private sealed partial class Model : Module<Tensor, Tensor>
            {
                private ModuleDict<Module<Tensor, Tensor>> ByName { get; } = new();

                public Model(bool deep) : base("Model")
                {
                    {|LORA3008:RegisterComponents()|};
                    if (deep)
                    {
                        ByName.Add("first", Linear(4, 4));
                    }
                }

                public override Tensor forward(Tensor x) => ByName["first"].call(x);
            }
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        Model("layers.Add(Linear(4, 4)); RegisterComponents();"),
        // Nothing new, nothing to train.
        Model("RegisterComponents(); layers.Add(given);"),
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Module<Tensor, Tensor>> activations = new();
            private readonly Sequential sequence = Sequential(Linear(4, 4));
            private readonly List<Linear> views = [];

            public Model() : base("Model")
            {
                RegisterComponents();
                activations.Add(ReLU());
                sequence.append(Linear(4, 4));
                views.Add(Linear(4, 4));
            }

            public override Tensor forward(Tensor x) => sequence.forward(activations[views.Count].call(x));
        }
        """,
        // Registered by register_module, or in a method that is called later.
        Model("RegisterComponents(); layers.Add(Linear(4, 4)); register_module(\"last\", layers[0]);"),
        Model("RegisterComponents(); Action grow = () => layers.Add(Linear(4, 4)); grow();"),
        // Another list than the field.
        Model("RegisterComponents(); var layers = new ModuleList<Linear>(); layers.Add(Linear(4, 4));"),
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly ModuleList<Linear> layers = new();

                public Model(int count)
                    : base("Model")
                {
                    RegisterComponents();
                    for (var i = 0; i < count; i++)
                        layers.Add(Linear(4, 4));
                }

                public override Tensor forward(Tensor x) => layers[0].forward(x);
            }
            """,
            """
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly ModuleList<Linear> layers = new();

                public Model(int count)
                    : base("Model")
                {
                    for (var i = 0; i < count; i++)
                        layers.Add(Linear(4, 4));
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => layers[0].forward(x);
            }
            """),
    ];

    private static string Model(string constructor) =>
        $$"""
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Linear> layers = new();

            public Model(Linear given)
                : base("Model")
            {
                {{constructor}}
            }

            public override Tensor forward(Tensor x) => layers[0].forward(x);
        }
        """;
}
