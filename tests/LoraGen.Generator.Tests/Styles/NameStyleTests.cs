namespace LoraGen.Generator.Tests.Styles;

/// <summary>Names that generated members must keep clear of.</summary>
[Collection(nameof(RunsTorch))]
public sealed class NameStyleTests
{
    [Theory]
    [InlineData("Parameters", "Parameters_")]
    [InlineData("count", "Count_")]
    [InlineData("merge", "Merge_")]
    [InlineData("name_", "Name_")]
    [InlineData("sites", "Sites_")]
    [InlineData("dispose", "Dispose_")]
    [InlineData("to", "To_")]
    [InlineData("equals", "Equals_")]
    [InlineData("base_model", "BaseModel_")]
    [InlineData("model_lora", "ModelLora_")]
    [InlineData("block_sites", "BlockSites_")]
    [InlineData("model", "Model")]
    [InlineData("path", "Path")]
    [InlineData("method", "Method")]
    [InlineData("linear", "Linear")]
    [InlineData("system", "System")]
    [InlineData("loraGen", "LoraGen")]
    [InlineData("torchSharp", "TorchSharp")]
    [InlineData("_1x1", "_1x1")]
    [InlineData("__", "_")]
    [InlineData("층", "층")]
    [InlineData("éa_ba", "ÉaBa")]
    public void Property_is_named_apart(string field, string property)
    {
        var outcome = Style.Adapts($$"""
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Linear {{field}} = Linear(4, 4);
                private readonly Block block = new();

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => {{field}}.forward(block.forward(x));
            }

            public class Block : Module<Tensor, Tensor>
            {
                private readonly Linear {{field}} = Linear(4, 4);

                public Block() : base("Block") => RegisterComponents();

                public override Tensor forward(Tensor x) => {{field}}.forward(x);
            }
            """, field, "block." + field);

        Assert.Contains($"public global::LoraGen.LoraSite {property} =>", outcome["Model.Lora.g.cs"]);
    }

    [Fact]
    public void Members_that_differ_in_writing_alone() => Style.Adapts("""
        [Lora(Rank = 2)]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(4, 4), Fc1 = Linear(4, 4), fc_1 = Linear(4, 4), _fc1 = Linear(4, 4), fC1 = Linear(4, 4), FC1 = Linear(4, 4);
            private readonly ModuleList<Linear> Fc1_ = new(Linear(4, 4));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x)
                => FC1.forward(fC1.forward(Fc1_[0].forward(_fc1.forward(fc_1.forward(Fc1.forward(fc1.forward(x)))))));
        }
        """, "fc1", "Fc1", "fc_1", "_fc1", "fC1", "FC1", "Fc1_.0");

    [Fact]
    public void Classes_of_one_name_in_two_namespaces()
    {
        var outcome = Style.Adapts("""
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly First.Block first = new();
                private readonly Second.Block second = new();
                private readonly Block third = new();

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => third.forward(second.forward(first.forward(x)));

                public class Block : Second.Block;
            }

            namespace First
            {
                public class Block : Module<Tensor, Tensor>
                {
                    private readonly Linear fc = Linear(4, 4);

                    public Block() : base("Block") => RegisterComponents();

                    public override Tensor forward(Tensor x) => fc.forward(x);
                }
            }

            namespace Second
            {
                public class Block : Module<Tensor, Tensor>
                {
                    private readonly Linear fc = Linear(4, 4);

                    public Block() : base("Block") => RegisterComponents();

                    public override Tensor forward(Tensor x) => fc.forward(x);
                }
            }
            """, "first.fc", "second.fc", "third.fc");

        var text = outcome["Model.Lora.g.cs"];
        Assert.Contains("public sealed class BlockSites\n", text);
        Assert.Contains("public sealed class BlockSites_\n", text);
        Assert.Contains("public sealed class ModelBlockSites\n", text);
    }

    [Fact]
    public void Models_of_one_name_in_two_namespaces()
    {
        const string Model = """
                [Lora(Rank = 2)]
                public class Model : Module<Tensor, Tensor>
                {
                    private readonly Linear fc = Linear(4, 4);

                    public Model() : base("Model") => RegisterComponents();

                    public override Tensor forward(Tensor x) => fc.forward(x);
                }
            """;
        var outcome = TestProject.Generate($$"""
            {{Model}}
            namespace First
            {
            {{Model}}
            }
            namespace First.Second
            {
            {{Model}}
            }
            """);

        using var code = outcome.Load();
        Promises.Hold(LoadedModel.Of(code, "ModelLoraExtensions"), "fc");
        Promises.Hold(LoadedModel.Of(code, "First.ModelLoraExtensions"), "fc");
        Promises.Hold(LoadedModel.Of(code, "First.Second.ModelLoraExtensions"), "fc");
    }
}
