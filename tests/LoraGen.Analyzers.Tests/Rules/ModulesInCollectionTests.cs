namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ModulesInCollectionTests : FixableRuleTests
{
    protected override string Id => "LORA3003";

    protected override string Message =>
        "TorchSharp doesn't register layers, so its modules are neither moved, saved nor trained; make it a ModuleList<Linear>";

    protected override IReadOnlyList<string> Fires =>
    [
        """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly List<Linear> {|LORA3003:layers|} = new();

            public Model(int count)
                : base("Model")
            {
                for (var i = 0; i < count; i++)
                    layers.Add(Linear(4, 4));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x)
            {
                foreach (var layer in layers)
                    x = layer.forward(x);
                return x;
            }
        }
        """,
        """
        namespace Models
        {
            public sealed class Block() : Module<Tensor, Tensor>("Block")
            {
                public override Tensor forward(Tensor x) => x;
            }

            [Lora]
            public sealed partial class Model() : Module<Tensor, Tensor>("Model")
            {
                private readonly Linear fc = Linear(4, 4);
                private Block[] {|LORA3003:Blocks|} { get; } = [new Block(), new()];
                private readonly Module<Tensor, Tensor>[] {|LORA3003:more|} = { Linear(4, 4), ReLU() };
            }

            public sealed partial class Model
            {
                private readonly Linear[] {|LORA3003:_made|} = Enumerable.Range(0, 3).Select(_ => Linear(4, 4)).ToArray();

                public override Tensor forward(Tensor x) =>
                    _made.Concat<Module<Tensor, Tensor>>(Blocks).Concat(more).Aggregate(fc.call(x), (y, m) => m.call(y));
            }
        }
        """,
        """
        using Layers = System.Collections.Generic.Dictionary<string, TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>>;

        public class Outer
        {
            public class Model : Module<string, Tensor, Tensor>
            {
                public readonly Layers {|LORA3003:byName|} = [];
                private readonly Embedding[] {|LORA3003:tables|} = new Embedding[2];
                private readonly Linear fc;

                public Model() : base("Model")
                {
                    var first = Linear(4, 4);
                    first.train();
                    byName["first"] = first;
                    byName.Add("second", Linear(4, 4));
                    for (int i = 0; i < tables.Length; i++)
                        tables[i] = Embedding(4, 4);
                    fc = Linear(4, 4);
                    register_module("fc", fc);
                }

                public override Tensor forward(string name, Tensor x) => cat(tables.Select(table => byName[name].call(fc.call(table.call(x)))).ToArray());
            }
        }
        """,
        // Every other kind of collection.
        """
        using System.Collections.Concurrent;
        using System.Collections.Immutable;

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Queue<Linear> {|LORA3003:queue|} = new(new[] { Linear(4, 4) });
            private readonly Stack<Linear> {|LORA3003:stack|} = new();
            private readonly HashSet<Linear> {|LORA3003:set|} = [Linear(4, 4)];
            private readonly LinkedList<Linear> {|LORA3003:linked|} = new();
            private readonly Linear[,] {|LORA3003:grid|} = { { Linear(4, 4), Linear(4, 4) } };
            private readonly Linear[,] {|LORA3003:filled|} = new Linear[1, 1];
            private readonly Linear[][] {|LORA3003:jagged|} = [[Linear(4, 4)], []];
            private readonly ImmutableArray<Linear> {|LORA3003:immutable|} = [Linear(4, 4)];
            private readonly ImmutableArray<Linear> {|LORA3003:made|} = ImmutableArray.Create(Linear(4, 4));
            private readonly Dictionary<string, List<Linear>> {|LORA3003:lists|} = new() { ["a"] = [] };
            private readonly ConcurrentDictionary<int, Linear> {|LORA3003:byKey|} = new();
            private readonly KeyValuePair<string, Linear> {|LORA3003:named|} = KeyValuePair.Create("a", Linear(4, 4));
            private readonly SortedList<string, Module<Tensor, Tensor>> {|LORA3003:sorted|} = new() { { "a", Linear(4, 4) } };

            public Model()
                : base("Model")
            {
                stack.Push(Linear(4, 4));
                linked.AddLast(Linear(4, 4));
                filled[0, 0] = Linear(4, 4);
                lists["a"].Add(Linear(4, 4));
                byKey.TryAdd(0, Linear(4, 4));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) =>
                queue.Peek().forward(stack.Peek().forward(set.First().forward(linked.First!.Value.forward(grid[0, 0].forward(filled[0, 0].forward(
                    jagged[0][0].forward(immutable[0].forward(made[0].forward(lists["a"][0].forward(byKey[0].forward(named.Value.forward(
                        sorted["a"].call(x)))))))))))));
        }
        """,
        // Tuples, records, lazy values, delegates.
        """
        public sealed record Pair(Linear Up, Linear Down);

        public struct Slot
        {
            public Linear? Layer;
        }

        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly (Linear Up, Linear Down) {|LORA3003:tuple|} = (Linear(4, 4), Linear(4, 4));
            private readonly Tuple<Linear, int> {|LORA3003:classic|} = Tuple.Create(Linear(4, 4), 1);
            private readonly Pair {|LORA3003:record|} = new(Linear(4, 4), Linear(4, 4));
            private readonly Pair[] {|LORA3003:records|} = [new Pair(Linear(4, 4), Linear(4, 4))];
            private Slot {|LORA3003:slot|};
            private readonly Lazy<Linear> {|LORA3003:lazy|} = new(() => Linear(4, 4));
            private readonly Func<Tensor, Tensor> {|LORA3003:step|};
            private readonly Func<Linear> {|LORA3003:get|};

            public Model()
                : base("Model")
            {
                slot.Layer = Linear(4, 4);
                var hidden = Linear(4, 4);
                step = x => hidden.forward(x);
                var kept = Linear(4, 4);
                get = () => kept;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) =>
                tuple.Up.forward(classic.Item1.forward(record.Down.forward(records[0].Up.forward(slot.Layer!.forward(lazy.Value.forward(
                    step(get().forward(x))))))));
        }
        """,
    ];

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

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly List<Linear> layers = new();

                public Model(int count)
                    : base("Model")
                {
                    for (var i = 0; i < count; i++)
                        layers.Add(Linear(4, 4));
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x)
                {
                    foreach (var layer in layers)
                        x = layer.forward(x);
                    return layers[layers.Count - 1].forward(x);
                }
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

                public override Tensor forward(Tensor x)
                {
                    foreach (var layer in layers)
                        x = layer.forward(x);
                    return layers[layers.Count - 1].forward(x);
                }
            }
            """),
        (
            """
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Module<Tensor, Tensor>[] _layers;

                public Model(int width)
                    : base("Model")
                {
                    _layers = [Linear(width, width), ReLU()];
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => _layers.Aggregate(_layers[0].call(x), (y, layer) => layer.call(y));
            }
            """,
            """
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly ModuleList<Module<Tensor, Tensor>> _layers;

                public Model(int width)
                    : base("Model")
                {
                    _layers = new ModuleList<Module<Tensor, Tensor>>(Linear(width, width), ReLU());
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => _layers.Aggregate(_layers[0].call(x), (y, layer) => layer.call(y));
            }
            """),
        (
            """
            public sealed class Model : Module<Tensor, Tensor>
            {
                private List<Linear> Layers { get; } = Enumerable.Range(0, 3).Select(_ => Linear(4, 4)).ToList();

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => Layers[0].forward(x);
            }
            """,
            """
            public sealed class Model : Module<Tensor, Tensor>
            {
                private ModuleList<Linear> Layers { get; } = new ModuleList<Linear>(Enumerable.Range(0, 3).Select(_ => Linear(4, 4)).ToArray());

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => Layers[0].forward(x);
            }
            """),
    ];
}
