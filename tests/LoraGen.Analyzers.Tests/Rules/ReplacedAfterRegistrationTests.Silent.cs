namespace LoraGen.Analyzers.Tests.Rules;

/// <content>Where the rule says nothing.</content>
public sealed partial class ReplacedAfterRegistrationTests
{
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
