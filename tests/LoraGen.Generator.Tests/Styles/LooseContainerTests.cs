namespace LoraGen.Generator.Tests.Styles;

/// <summary>Modules in collections that TorchSharp does not register.</summary>
[Collection(nameof(RunsTorch))]
public class LooseContainerTests
{
    [Fact]
    public void Arrays_lists_and_dictionaries()
    {
        var outcome = Style.Adapts("""
            #pragma warning disable LORA3003
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Linear[] array = [Linear(4, 4)];
                private readonly List<Linear> list = [Linear(4, 4), Linear(4, 4)];
                private readonly Dictionary<string, Linear> dictionary = new() { ["a"] = Linear(4, 4) };
                private readonly Linear[][] nested = [[Linear(4, 4)], [Linear(4, 4)]];
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x)
                {
                    foreach (var layer in array.Concat(list).Concat(dictionary.Values).Concat(nested.SelectMany(row => row)))
                        x = layer.forward(x);
                    return fc.forward(x);
                }
            }
            """, "fc", "array.0", "list.0", "list.1", "dictionary.a", "nested.0.0", "nested.1.0");

        Assert.Contains("Model.list (List<Linear>): TorchSharp does not register it", outcome["Model.Lora.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Nullable_structs_nested_records_deep_collections_and_the_users_own()
    {
        Style.Adapts("""
            #pragma warning disable LORA3003
            public sealed record Pair(Linear Up, Linear Down);

            public sealed record Pairs(Pair First, Pair Second, Pair? Third = null);

            public struct Head
            {
                public Linear Fc;
            }

            public class Layers : List<Linear>
            {
            }

            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Head? head = new Head { Fc = Linear(4, 4) };
                private readonly Head? missing = null;
                private readonly (Linear Query, int Count)? tuple = (Linear(4, 4), 1);
                private readonly Pairs pairs = new(new(Linear(4, 4), Linear(4, 4)), new(Linear(4, 4), Linear(4, 4)));
                private readonly Dictionary<string, List<Dictionary<int, List<(Linear, int)[]>>>> deep = new() { ["a"] = [new() { [3] = [[(Linear(4, 4), 1)]] }] };
                private readonly Layers layers = [Linear(4, 4)];
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x)
                {
                    x = layers[0].forward(deep["a"][0][3][0][0].Item1.forward(tuple!.Value.Query.forward(head!.Value.Fc.forward(x))));
                    x = pairs.Second.Down.forward(pairs.Second.Up.forward(pairs.First.Down.forward(pairs.First.Up.forward(x))));
                    return missing is null ? fc.forward(x) : x;
                }
            }
            """,
            "fc",
            "head.Fc",
            "tuple.Item1",
            "pairs.First.Up",
            "pairs.First.Down",
            "pairs.Second.Up",
            "pairs.Second.Down",
            "deep.a.0.3.0.0.Item1",
            "layers.0");
    }

    [Fact]
    public void Tuples_records_and_what_is_made_when_it_is_needed()
    {
        Style.Adapts("""
            #pragma warning disable LORA3003
            public sealed record Pair(Linear Up, Linear Down);

            public struct Heads
            {
                public Linear First;
                public (Linear A, Linear[] More) Others { get; set; }
            }

            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly (Linear Query, Linear Key) tuple = (Linear(4, 4), Linear(4, 4));
                private readonly Tuple<Linear, Module<Tensor, Tensor>> old = Tuple.Create(Linear(4, 4), (Module<Tensor, Tensor>)Linear(4, 4));
                private readonly List<(string Name, Linear Layer)> named = [("a", Linear(4, 4))];
                private readonly Pair pair = new(Linear(4, 4), Linear(4, 4));
                private readonly Pair? missing = null;
                private readonly Heads heads = new() { First = Linear(4, 4), Others = (Linear(4, 4), [Linear(4, 4)]) };
                private readonly Lazy<Linear> lazy = new(() => Linear(4, 4));
                private readonly Lazy<Linear> later = new(() => throw new InvalidOperationException("not yet"));
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model")
                {
                    _ = lazy.Value;
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x)
                {
                    x = tuple.Key.forward(tuple.Query.forward(old.Item2.call(old.Item1.forward(named[0].Layer.forward(x)))));
                    x = heads.Others.More[0].forward(heads.Others.A.forward(heads.First.forward(pair.Down.forward(pair.Up.forward(x)))));
                    return missing is null ? fc.forward(lazy.Value.forward(x)) : later.Value.forward(x);
                }
            }
            """,
            "fc",
            "tuple.Item1",
            "tuple.Item2",
            "old.Item1",
            "old.Item2",
            "named.0.Item2",
            "pair.Up",
            "pair.Down",
            "heads.First",
            "heads.Others.Item1",
            "heads.Others.Item2.0",
            "lazy");
    }

    [Fact]
    public void Queues_ranks_and_arrays_that_were_never_set()
    {
        Style.Adapts("""
            #pragma warning disable LORA3003
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Queue<Linear> queue = new([Linear(4, 4)]);
                private readonly HashSet<Linear> set = [Linear(4, 4)];
                private readonly LinkedList<Linear> linked = new([Linear(4, 4)]);
                private readonly Linear[,] grid = { { Linear(4, 4), Linear(4, 4) } };
                private readonly System.Collections.Immutable.ImmutableArray<Linear> immutable = [Linear(4, 4)];
                private readonly System.Collections.Immutable.ImmutableArray<Linear> unset = default;
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x)
                {
                    foreach (var layer in queue.Concat(set).Concat(linked).Concat(grid.Cast<Linear>()).Concat(immutable))
                        x = layer.forward(x);
                    return unset.IsDefault ? fc.forward(x) : x;
                }
            }
            """, "fc", "queue.0", "set.0", "linked.0", "grid.0.0", "grid.0.1", "immutable.0");
    }

    [Fact]
    public void A_dictionary_that_is_only_one_by_its_interface()
    {
        Style.Adapts("""
            #pragma warning disable LORA3003
            public sealed class Named(params (string Name, Linear Layer)[] layers) : IReadOnlyDictionary<string, Linear>
            {
                public Linear this[string key] => layers.Single(layer => layer.Name == key).Layer;
                public IEnumerable<string> Keys => layers.Select(layer => layer.Name);
                public IEnumerable<Linear> Values => layers.Select(layer => layer.Layer);
                public int Count => layers.Length;
                public bool ContainsKey(string key) => Keys.Contains(key);
                public bool TryGetValue(string key, out Linear value) => (value = this[key]) is not null;
                public IEnumerator<KeyValuePair<string, Linear>> GetEnumerator() =>
                    layers.Select(layer => KeyValuePair.Create(layer.Name, layer.Layer)).GetEnumerator();
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
            }

            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly IReadOnlyDictionary<string, Linear> named = new Named(("a", Linear(4, 4)), ("b", Linear(4, 4)));
                private readonly IDictionary<string, Linear>? none = null;
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => none is null ? fc.forward(named["b"].forward(named["a"].forward(x))) : x;
            }
            """, "fc", "named.a", "named.b");
    }

    [Fact]
    public void A_list_of_blocks()
    {
        Style.Adapts("""
            #pragma warning disable LORA3003
            public class Head : Module<Tensor, Tensor>
            {
                private readonly Linear key = Linear(4, 4);

                public Head() : base("Head") => RegisterComponents();

                public override Tensor forward(Tensor x) => key.forward(x);
            }

            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly List<Head> heads = [new Head(), new Head()];

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => heads[1].forward(heads[0].forward(x));
            }
            """, "heads.0.key", "heads.1.key");
    }

    [Fact]
    public void Modules_of_register_module_keep_that_name()
    {
        Style.Adapts("""
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly List<Linear> heads = [Linear(4, 4), Linear(4, 4)];

                public Model() : base("Model")
                {
                    for (var i = 0; i < heads.Count; i++)
                        register_module($"head_{i}", heads[i]);
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => heads[1].forward(heads[0].forward(x));
            }
            """, "head_0", "head_1");
    }

    [Fact]
    public void An_ignored_list()
    {
        Style.Adapts("""
            #pragma warning disable LORA3003
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                [LoraIgnore] private readonly List<Linear> heads = [Linear(4, 4)];
                private readonly Linear fc = Linear(4, 4);

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(heads[0].forward(x));
            }
            """, "fc");
    }
}
