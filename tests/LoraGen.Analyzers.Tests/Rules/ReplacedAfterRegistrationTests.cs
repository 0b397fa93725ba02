namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ReplacedAfterRegistrationTests : RuleTests
{
    protected override string Id => "LORA3005";

    protected override string Message =>
        "SetClasses puts another module into head, but TorchSharp keeps the one that was registered: state_dict(), parameters() and to() don't see the new "
        + "one; "
        + "call register_module(\"head\", null), then register_module(\"head\", head)";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private Linear head;

            public Model()
                : base("Model")
            {
                head = Linear(64, 10);
                RegisterComponents();
            }

            public void SetClasses(int count) => {|LORA3005:head|} = Linear(64, count);

            public override Tensor forward(Tensor x) => head.forward(x);
        }
        """,
        """
        public partial class Model : Module<Tensor, Tensor>
        {
            private Module<Tensor, Tensor> _fc = Linear(4, 4);
            public Linear Out { get; private set; }

            public Model() : base("Model")
            {
                Out = Linear(4, 4);
                this.RegisterComponents();
            }

            public Module<Tensor, Tensor> Fc
            {
                get => _fc;
                set => {|LORA3005:_fc|} = value;
            }

            public override Tensor forward(Tensor x) => Out.forward(_fc.call(x));
        }

        public partial class Model
        {
            public Model Replace(Linear head)
            {
                {|LORA3005:this.Out|} = head;
                return this;
            }
        }
        """,
        """
        public static class Outer
        {
            private sealed class Wrapped(Module<Tensor, Tensor> inner) : Module<Tensor, Tensor>("Wrapped")
            {
                public override Tensor forward(Tensor x) => inner.call(x);
            }

            private sealed class Model : Module<Tensor, Tensor>
            {
                private Module<Tensor, Tensor> fc = nn.Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public void AddLora(bool on)
                {
                    if (on)
                    {
                        {|LORA3005:fc|} = new Wrapped(fc);
                    }
                }

                public override Tensor forward(Tensor x) => fc.call(x);
            }
        }
        """,
        // A second call does nothing.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private Linear fc;

            public Model()
                : base("Model")
            {
                fc = Linear(4, 4);
                RegisterComponents();
                {|LORA3005:fc|} = Linear(4, 9);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public sealed class ByMethod : Module<Tensor, Tensor>
        {
            private Linear fc = Linear(4, 4);

            public ByMethod() : base("ByMethod") => RegisterComponents();

            public void SetClasses(int count)
            {
                {|LORA3005:fc|} = Linear(4, count);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        // The base class's constructor registers what is assigned where it is declared.
        """
        public abstract class Registering : Module<Tensor, Tensor>
        {
            protected Registering() : base("Registering") => RegisterComponents();
        }

        public sealed class Model : Registering
        {
            private readonly Linear fc = Linear(4, 4);

            public Model(int width) => {|LORA3005:fc|} = Linear(4, width);

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        // Registered again.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private Linear head = Linear(64, 10);

            public Model() : base("Model") => RegisterComponents();

            public void SetClasses(int count)
            {
                head = Linear(64, count);
                Renew("head", head);
            }

            public override Tensor forward(Tensor x) => head.forward(x);

            private void Renew(string name, Linear module)
            {
                _internal_submodules.Remove(name);
                register_module(name, module);
            }
        }
        """,
        // A constructor's helpers run before it registers.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private Linear head = Linear(64, 10);

            public Model(int classes) : base("Model")
            {
                Build(classes);
                Width = classes;
                RegisterComponents();
            }

            public int Width { set => Make(value); }

            public override Tensor forward(Tensor x) => head.forward(x);

            private void Build(int classes) => Make(classes);

            private void Make(int classes) => head = Linear(64, classes);
        }
        """,
        // Null, the same module, one that is put back, a plain tensor, another object's.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private Linear? head = Linear(64, 10);
            private Tensor? cache;
            private int count;

            public Model() : base("Model") => RegisterComponents();

            public void Drop() => head = null;

            public void Move() => head = head!.to(CPU);

            public Tensor With(Linear other, Tensor x)
            {
                var before = head;
                head = other;
                var y = call(x);
                head = before;
                return y;
            }

            public Model Copy() => new Model { head = Linear(64, 10) };

            public override Tensor forward(Tensor x)
            {
                count++;
                cache = head!.forward(x);
                return cache;
            }

            protected override void Dispose(bool disposing)
            {
                head = null;
                base.Dispose(disposing);
            }
        }
        """,
        // Registered when it is complete.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private Linear? head = null;
            private Module<Tensor, Tensor>? parent;

            public Model() : base("Model")
            {
            }

            public void Build(int classes)
            {
                head = Linear(64, classes);
                RegisterComponents();
            }

            public void SetParent(Module<Tensor, Tensor> parent) => this.parent = parent;

            public override Tensor forward(Tensor x) => head!.forward(parent is null ? x : x * 2);
        }
        """,
        // Left out of the registry on purpose: it was never there.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            private Module<Tensor, Tensor>? teacher;

            public Model() : base("Model") => RegisterComponents();

            public void Distil(Module<Tensor, Tensor> teacher) => this.teacher = teacher;

            public override Tensor forward(Tensor x) => teacher is null ? fc.forward(x) : teacher.call(x);
        }
        """,
        // Registered by name in the constructor; replaced before it registers; one of the constructors leaves registering to a method.
        """
        public sealed class First : Module<Tensor, Tensor>
        {
            private Linear fc = Linear(4, 4);

            public First()
                : base("First")
            {
                RegisterComponents();
                fc = Linear(4, 9);
                register_module("fc", null!);
                register_module("fc", fc);
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public sealed class Second : Module<Tensor, Tensor>
        {
            private Linear fc = Linear(4, 4);

            public Second(int width)
                : base("Second")
            {
                fc = Linear(4, width);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public sealed class Third : Module<Tensor, Tensor>
        {
            private Linear fc = Linear(4, 4);

            public Third() : base("Third") => RegisterComponents();

            public Third(string name) : base(name) { }

            public void Build(int width)
            {
                fc = Linear(4, width);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];
}
