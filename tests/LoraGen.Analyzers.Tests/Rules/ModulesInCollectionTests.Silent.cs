namespace LoraGen.Analyzers.Tests.Rules;

/// <content>Where the rule says nothing.</content>
public sealed partial class ModulesInCollectionTests
{
    protected override IReadOnlyList<string> Silent =>
    [
        // Registered one by one.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly List<Linear> layers = [];
            private readonly Linear[] more = [Linear(4, 4)];

            public Model()
                : base("Model")
            {
                for (var i = 0; i < 3; i++)
                {
                    layers.Add(Linear(4, 4));
                    register_module($"layer{i}", layers[i]);
                }

                add_module("more", more[0]);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => layers.Aggregate(x, (y, layer) => layer.forward(y));
        }
        """,
        // A ModuleList and a Sequential take them.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly List<Linear> layers = [];
            private readonly List<Module<Tensor, Tensor>> steps = [Linear(4, 4), ReLU()];
            private readonly ModuleList<Linear> list;
            private readonly Sequential sequence;

            public Model()
                : base("Model")
            {
                layers.Add(Linear(4, 4));
                list = new ModuleList<Linear>(layers.ToArray());
                sequence = Sequential(steps);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => sequence.forward(list[0].forward(x));
        }
        """,
        // A view of modules that are in fields, or that come from elsewhere.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(4, 4);
            private readonly Linear fc2 = Linear(4, 4);
            private readonly Linear fc3;
            private readonly Linear[] all;
            private readonly Module[] given;
            private readonly List<Linear> late = new();

            public Model(Module[] given)
                : base("Model")
            {
                all = [fc1, fc2];
                this.given = given;
                var third = Linear(4, 4);
                late.Add(third);
                fc3 = third;
                late.Add(fc2);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => all.Concat(late).Aggregate(x, (y, layer) => layer.forward(y)) * given.Length;
        }
        """,
        // Nothing to train in it.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor>[] activations = [ReLU(), GELU()];
            private readonly List<string> names = ["relu", "gelu"];
            private readonly ModuleList<Linear> layers = new(Linear(4, 4));
            private readonly Dictionary<string, Tensor> cache = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => activations[cache.Count].call(layers[names.Count].forward(x));
        }
        """,
        // It tells its modules in a way of its own; a class that is no module.
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly List<Linear> layers = [Linear(4, 4)];

            public Model() : base("Model") => RegisterComponents();

            public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) => layers[0].named_parameters(recurse);

            public override Tensor forward(Tensor x) => layers[0].forward(x);
        }

        public sealed class Ensemble
        {
            private readonly List<Linear> members = [Linear(4, 4)];

            public Tensor Vote(Tensor x) => members[0].forward(x);
        }
        """,
        // Their modules are in fields too, are registered by name, or belong to other code.
        """
        public sealed record Pair(Linear Up, Linear Down);

        public sealed class Holder
        {
            public Holder(Module owner, Linear layer) => owner.register_module("held", Layer = layer);

            public Linear Layer { get; }
        }

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Queue<Linear> queue = new();
            private readonly Pair pair = new(Linear(4, 4), Linear(4, 4));
            private readonly (Linear Up, Linear Down) tuple = (Linear(4, 4), Linear(4, 4));
            private readonly (Linear Up, int Count) first;
            private readonly Pair given;
            private readonly Holder holder;
            private readonly Func<Linear> make = () => Linear(4, 4);
            private readonly Func<Tensor, Tensor> step;
            private readonly Linear up;
            private readonly Linear down;
            private readonly Linear third;
            private readonly Linear fourth;
            private readonly Linear fifth;

            public Model(Pair given)
                : base("Model")
            {
                this.given = given;
                holder = new Holder(this, Linear(4, 4));
                (up, down) = tuple;
                first = (up, 1);
                queue.Enqueue(down);
                third = pair.Up;
                var other = pair.Down;
                fourth = other;
                var fifth = Linear(4, 4);
                this.fifth = fifth;
                step = x => fifth.forward(x);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) =>
                queue.Peek().forward(pair.Up.forward(tuple.Up.forward(first.Up.forward(given.Down.forward(holder.Layer.forward(make().forward(step(
                    third.forward(fourth.forward(this.fifth.forward(x)))))))))));
        }
        """,
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly (Linear Up, Linear Down) tuple = (Linear(4, 4), Linear(4, 4));
            private readonly Lazy<Linear> lazy;

            public Model()
                : base("Model")
            {
                register_module("up", tuple.Up);
                register_module("down", tuple.Down);
                lazy = new Lazy<Linear>(() => Linear(4, 4));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => tuple.Up.forward(lazy.Value.forward(x));
        }
        """,
    ];
}
