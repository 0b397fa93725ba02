namespace LoraGen.Analyzers.Tests.Rules;

public sealed partial class ModulesInCollectionTests : FixableRuleTests
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
