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
