namespace LoraGen.Analyzers.Tests.Rules;

public sealed class AssignedAfterRegisterComponentsTests : FixableRuleTests
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

    protected override IReadOnlyList<string> Silent =>
    [
        // A parent that must not become a child, a value that is no component, an alias of what is registered.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;
            private readonly Linear tied;
            private readonly Module<Tensor, Tensor> parent;
            private readonly int width;
            private readonly Tensor mask;

            public Model(Module<Tensor, Tensor> parent)
                : base("Model")
            {
                fc = Linear(4, 4);
                RegisterComponents();
                tied = fc;
                this.parent = parent;
                width = 4;
                mask = ones(4);
            }

            public override Tensor forward(Tensor x) => parent.forward(tied.forward(x)) * mask * width;
        }
        """,
        // Registered by register_module.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;
            private readonly Parameter scale;

            public Model()
                : base("Model")
            {
                RegisterComponents();
                fc = Linear(4, 4);
                register_module("fc", fc);
                register_parameter("scale", scale = new Parameter(ones(4)));
            }

            public override Tensor forward(Tensor x) => fc.forward(x) * scale;
        }
        """,
        // Made when a lambda runs; another object's field; null.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private Linear? late;
            private readonly Func<Linear> make;
            public Linear? Shared { get; set; }

            public Model()
                : base("Model")
            {
                RegisterComponents();
                late = null;
                make = () => late = Linear(4, 4);
                new Model("other").Shared = Linear(4, 4);
            }

            private Model(string name) : base(name) => RegisterComponents();

            public override Tensor forward(Tensor x) => make().forward(x);
        }
        """,
        // Not sure to run there; a class that registers in a way of its own; another class's constructor.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public Model(bool early)
                : base("Model")
            {
                if (early)
                    RegisterComponents();
                fc = Linear(4, 4);
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public sealed class Own : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public Own() : base("Own")
            {
                RegisterComponents();
                fc = Linear(4, 4);
                base.RegisterComponents();
            }

            protected override void RegisterComponents()
            {
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public sealed class Plain
        {
            private readonly Linear fc;

            public Plain()
            {
                RegisterComponents();
                fc = Linear(4, 4);
            }

            private void RegisterComponents() => Console.WriteLine(fc is null);
        }
        """,
        // It has been assigned before.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private Linear fc = Linear(4, 4);

            public Model()
                : base("Model")
            {
                RegisterComponents();
                fc = Linear(4, 4);
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        // The base class's constructor may not register, the derived one registers by name, or the base class calls a method that fills the fields.
        """
        public abstract class Perhaps : Module<Tensor, Tensor>
        {
            protected Perhaps(string name, bool registers = false)
                : base(name)
            {
                if (registers)
                    RegisterComponents();
            }

            protected Perhaps(int width)
                : base("Perhaps")
            {
                Build(width);
                RegisterComponents();
            }

            protected abstract void Build(int width);
        }

        public sealed class First : Perhaps
        {
            private readonly Linear fc;

            public First()
                : base("First")
            {
                fc = Linear(4, 4);
                RegisterComponents();
            }

            protected override void Build(int width) { }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public sealed class Second : Perhaps
        {
            private readonly Linear fc;
            private Linear? head;

            public Second()
                : base(4)
            {
                fc = Linear(4, 4);
                register_module("fc", fc);
            }

            protected override void Build(int width) => head = Linear(width, width);

            public override Tensor forward(Tensor x) => fc.forward(head!.forward(x));
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
