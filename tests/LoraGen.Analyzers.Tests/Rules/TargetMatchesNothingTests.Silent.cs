namespace LoraGen.Analyzers.Tests.Rules;

/// <content>Where the rule says nothing.</content>
public sealed partial class TargetMatchesNothingTests
{
    protected override IReadOnlyList<string> Silent =>
    [
        // A Sequential that isn't written in one place may have any modules.
        """
        [Lora(Targets = ["fc3"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Sequential head;

            public Model(bool deep, Sequential given, List<Module<Tensor, Tensor>> steps)
                : base("Model")
            {
                head = given;
                RegisterComponents();
            }

            private static Sequential Create() => Sequential(("fc3", Linear(64, 64)));

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["fc3"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Sequential head;

            public Model(bool deep, Sequential given, List<Module<Tensor, Tensor>> steps)
                : base("Model")
            {
                head = Create();
                RegisterComponents();
            }

            private static Sequential Create() => Sequential(("fc3", Linear(64, 64)));

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["fc3"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Sequential head;

            public Model(bool deep, Sequential given, List<Module<Tensor, Tensor>> steps)
                : base("Model")
            {
                head = Sequential(steps);
                RegisterComponents();
            }

            private static Sequential Create() => Sequential(("fc3", Linear(64, 64)));

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["fc3"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Sequential head;

            public Model(bool deep, Sequential given, List<Module<Tensor, Tensor>> steps)
                : base("Model")
            {
                head = Sequential(Linear(64, 64)); head.append("fc3", Linear(64, 64));
                RegisterComponents();
            }

            private static Sequential Create() => Sequential(("fc3", Linear(64, 64)));

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["fc3"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Sequential head;

            public Model(bool deep, Sequential given, List<Module<Tensor, Tensor>> steps)
                : base("Model")
            {
                head = Sequential(Linear(64, 64)); if (deep) head = Sequential(("fc3", Linear(64, 64)));
                RegisterComponents();
            }

            private static Sequential Create() => Sequential(("fc3", Linear(64, 64)));

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["fc3"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Sequential head;

            public Model(bool deep, Sequential given, List<Module<Tensor, Tensor>> steps)
                : base("Model")
            {
                head = deep ? Sequential(("fc3", Linear(64, 64))) : Sequential(Linear(64, 64));
                RegisterComponents();
            }

            private static Sequential Create() => Sequential(("fc3", Linear(64, 64)));

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["fc3"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Sequential head;

            public Model(bool deep, Sequential given, List<Module<Tensor, Tensor>> steps)
                : base("Model")
            {
                head = Sequential(("fc", deep ? Linear(64, 64) : Create()));
                RegisterComponents();
            }

            private static Sequential Create() => Sequential(("fc3", Linear(64, 64)));

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["fc3"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Sequential head;

            public Model(bool deep, Sequential given, List<Module<Tensor, Tensor>> steps)
                : base("Model")
            {
                head = Sequential(Linear(64, 64)); var other = head; other.append("fc3", Linear(64, 64));
                RegisterComponents();
            }

            private static Sequential Create() => Sequential(("fc3", Linear(64, 64)));

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """[Lora(Targets = ["layers.1.q_proj", "v_proj", "*_proj"])]""" + Blocks,
        """
        [Lora(Targets = ["fc3"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);
            private readonly Sequential head = Sequential(("fc3", Linear(64, 64)));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["fc3"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);

            public Model()
                : base("Model")
            {
                register_module("fc3", Linear(64, 64));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["fc3"])]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear fc2 = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public sealed class Larger : Model
        {
            private readonly Linear fc3 = Linear(64, 64);
        }
        """,
        """
        [Lora(Targets = ["fc3"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Linear[] more = [Linear(64, 64)];

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["fc3"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [TorchSharp.Utils.ComponentName(Name = "fc3")] private readonly Linear first = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        $$"""
        [Lora(Targets = ["fc1", "norm"])]
        {{Models.TwoLinearsAndNorm}}
        """,
        """
        [Lora(Targets = ["inner.inner.fc1"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Model? inner;

            public Model()
                : base("Model")
            {
                inner = null;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Targets = ["act.dense"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);
            private readonly Module<Tensor, Tensor> act;

            public Model(Module<Tensor, Tensor> act)
                : base("Model")
            {
                this.act = act;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """,
    ];
}
