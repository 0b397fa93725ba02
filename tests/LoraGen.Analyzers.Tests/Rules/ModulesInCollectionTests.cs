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
