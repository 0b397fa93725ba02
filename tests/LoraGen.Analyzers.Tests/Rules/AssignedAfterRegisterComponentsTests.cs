namespace LoraGen.Analyzers.Tests.Rules;

public sealed partial class AssignedAfterRegisterComponentsTests : FixableRuleTests
{
    protected override string Id => "LORA3002";

    protected override string Message =>
        "RegisterComponents() runs before head is assigned, so TorchSharp never moves, saves or trains head; call it at the end of the constructor";

    protected override IReadOnlyList<string> Fires =>
    [
        Model("fc = Linear(4, 4);", "{|LORA3002:RegisterComponents()|};", "head = Linear(4, 2);"),
        """
        public partial class Outer
        {
            private sealed class Model : Module<Tensor, Tensor>
            {
                private Module<Tensor, Tensor> Fc { get; }
                private readonly Parameter scale;

                public Model(bool deep)
                    : base("Model")
                {
                    {|LORA3002:this.RegisterComponents()|};
                    if (deep)
                        Fc = Sequential(Linear(4, 4), ReLU());
                    else
                        Fc = Linear(4, 4);
                    (scale, _) = (new Parameter(ones(4)), 1);
                }

                public override Tensor forward(Tensor x) => Fc.forward(x) * scale;
            }
        }
        """,
        """
        using nn = TorchSharp.torch.nn;

        [Lora]
        public sealed partial class Model : nn.Module<Tensor, Tensor>
        {
            private readonly Linear? gate;

            public Model(bool gated) : base(nameof(Model))
            {
                {|LORA3002:RegisterComponents()|};
                gate = gated ? nn.Linear(4, 4) : null;
            }
        }

        public sealed partial class Model
        {
            public override Tensor forward(Tensor x) => gate is null ? x : gate.forward(x);
        }
        """,
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Linear> layers;

            public Model(int count) : base("Model")
            {
                {|LORA3002:RegisterComponents()|};
                layers = new();
                for (var i = 0; i < count; i++)
                    layers.Add(Linear(4, 4));
            }

            public override Tensor forward(Tensor x) => layers.Aggregate(x, (y, layer) => layer.forward(y));
        }
        """,
        // The base class's constructor registers.
        """
        public abstract class Registering : Module<Tensor, Tensor>
        {
            protected Registering(string name) : base(name) => RegisterComponents();

            protected Registering() : this("Registering") { }
        }

        public class Middle : Registering
        {
            protected Middle(int width) { Width = width; }

            public int Width { get; }

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Model : Registering
        {
            private readonly Linear before = Linear(4, 4);
            private readonly Linear fc;

            public {|LORA3002:Model|}()
                : base("Model")
            {
                fc = Linear(4, 4);
            }

            public override Tensor forward(Tensor x) => fc.forward(before.forward(x));
        }

        public sealed class Far : Middle
        {
            private readonly Linear fc;

            public {|LORA3002:Far|}()
                : base(4)
            {
                fc = Linear(4, 4);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            Model("fc = Linear(4, 4);", "RegisterComponents();", "head = Linear(4, 2);"),
            Model("fc = Linear(4, 4);", "head = Linear(4, 2);", "RegisterComponents();")),
        (
            """
            public sealed class Model : Module<Tensor, Tensor>
            {
                private Linear Fc { get; }
                private readonly Linear? gate;

                public Model(bool gated) : base("Model")
                {
                    // Everything at once.
                    RegisterComponents();
                    Fc = Linear(4, 4);
                    if (gated)
                    {
                        gate = Linear(4, 4);
                    }

                    eval();
                }

                public override Tensor forward(Tensor x) => gate is null ? Fc.forward(x) : gate.forward(x);
            }
            """,
            """
            public sealed class Model : Module<Tensor, Tensor>
            {
                private Linear Fc { get; }
                private readonly Linear? gate;

                public Model(bool gated) : base("Model")
                {
                    Fc = Linear(4, 4);
                    if (gated)
                    {
                        gate = Linear(4, 4);
                    }
                    // Everything at once.
                    RegisterComponents();

                    eval();
                }

                public override Tensor forward(Tensor x) => gate is null ? Fc.forward(x) : gate.forward(x);
            }
            """),
    ];

    private static string Model(params string[] constructor) =>
        $$"""
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;
            private readonly Linear head;

            public Model()
                : base("Model")
            {
                {{string.Join("\n        ", constructor)}}
            }

            public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
        }
        """;
}
