namespace LoraGen.Analyzers.Tests.Rules;

/// <content>Where the rule says nothing.</content>
public sealed partial class AssignedAfterRegisterComponentsTests
{
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
}
