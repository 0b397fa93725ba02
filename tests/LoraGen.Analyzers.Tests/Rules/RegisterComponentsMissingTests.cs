namespace LoraGen.Analyzers.Tests.Rules;

public sealed class RegisterComponentsMissingTests : FixableRuleTests
{
    protected override string Id => "LORA3001";

    protected override string Message =>
        "Model never calls RegisterComponents(), so TorchSharp doesn't know its fc: nothing is moved, saved or adapted; call it at the end of the constructor";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public {|LORA3001:Model|}()
                : base("Model")
            {
                fc = Linear(4, 4);
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        """
        [Lora]
        public sealed class {|LORA3001:Model|}() : Module<Tensor, Tensor>("Model")
        {
            private Linear Fc { get; } = Linear(4, 4);

            public override Tensor forward(Tensor x) => Fc.forward(x);
        }
        """,
        """
        [assembly: Lora(typeof(Model))]

        public sealed partial class Model
        {
            private readonly Linear fc = Linear(4, 4);
        }

        public sealed partial class Model : Module<Tensor, Tensor>
        {
            public {|LORA3001:Model|}() : base("Model") { }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        // Another class registers itself; this one is only read.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public {|LORA3001:Model|}() : base("Model") => this.fc.train();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public sealed class Other : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Other(Linear more)
                : base("Other")
            {
                RegisterComponents();
                this.register_module("more", more);
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """
        [Lora]
        public sealed class Model() : Registering("Model")
        {
            private readonly Linear fc = Linear(4, 4);

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public abstract class Registering : Module<Tensor, Tensor>
        {
            protected Registering(string name) : base(name) => RegisterComponents();
        }
        """,
        $$"""
        [Lora]
        {{Models.CalledLinear}}
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => Register();

            public override Tensor forward(Tensor x) => fc.forward(x);

            private void Register() => register_module("fc", fc);
        }
        """,
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") { }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            public Model() : base("Model") { }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        // By a delegate.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Model()
                : base("Model")
            {
                Action done = RegisterComponents;
                done();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => Run(RegisterComponents);

            public override Tensor forward(Tensor x) => fc.forward(x);

            private static void Run(Action action) => action();
        }
        """,
        // By a factory, in the class or in one that is nested.
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            private Model() : base("Model") { }

            public static Model Create()
            {
                var model = new Model();
                model.RegisterComponents();
                return model;
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        [Lora]
        public sealed class Nested : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            private Nested() : base("Nested") { }

            public override Tensor forward(Tensor x) => fc.forward(x);

            public static class Factory
            {
                public static Nested Create()
                {
                    Nested? model = new();
                    model?.RegisterComponents();
                    return model!;
                }
            }
        }
        """,
        // By an extension method, another class that gets the instance, a local function.
        """
        public static class Registry
        {
            public static void Register<T>(this T module, string name, Module part) where T : Module => module.register_module(name, part);

            public static T With<T>(this T module, Action<T> action)
            {
                action(module);
                return module;
            }
        }

        [Lora]
        public sealed class First : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public First() : base("First") => this.Register("fc", fc);

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        [Lora]
        public sealed class Second : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Second() : base("Second") => this.With(module => module.RegisterComponents());

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        [Lora]
        public sealed class Third : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Third()
                : base("Third")
            {
                void Done() => RegisterComponents();
                Done();
            }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        // From outside, or by a class that derives from it.
        """
        [Lora]
        public class Model : Module<Tensor, Tensor>
        {
            protected readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") { }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public sealed class Whole : Model
        {
            public Whole() => RegisterComponents();
        }
        """,
        """
        [Lora]
        public sealed class Model : Module<Tensor, Tensor>
        {
            public readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") { }

            public override Tensor forward(Tensor x) => fc.forward(x);
        }

        public static class Program
        {
            public static Model Create()
            {
                var model = new Model();
                model.register_module("fc", model.fc);
                return model;
            }
        }
        """,
        // By a method of the base class.
        """
        public abstract class Registering(string name) : Module<Tensor, Tensor>(name)
        {
            protected void Complete() => RegisterComponents();
        }

        [Lora]
        public sealed class Model : Registering
        {
            private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => Complete();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc;

                public Model()
                    : base("Model")
                {
                    fc = Linear(4, 4);
                }

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """,
            """
            [Lora]
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc;

                public Model()
                    : base("Model")
                {
                    fc = Linear(4, 4);
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => fc.forward(x);
            }
            """),
    ];
}
