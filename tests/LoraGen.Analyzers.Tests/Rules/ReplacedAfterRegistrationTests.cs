namespace LoraGen.Analyzers.Tests.Rules;

public sealed partial class ReplacedAfterRegistrationTests : RuleTests
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
}
