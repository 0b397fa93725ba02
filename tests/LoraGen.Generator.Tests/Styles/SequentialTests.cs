namespace LoraGen.Generator.Tests.Styles;

/// <summary>A Sequential whose modules are written in the constructor: they are in the generated tree.</summary>
[Collection(nameof(RunsTorch))]
public sealed class SequentialTests
{
    private const string Block = """
        internal sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """;

    [Theory]
    [InlineData(
        "private readonly Sequential body = Sequential((\"up\", Linear(4, 8)), (\"act\", ReLU()), (\"down_proj\", Linear(8, 4)));",
        "Body.Up:body.up", "Body.DownProj:body.down_proj")]
    [InlineData("private readonly Sequential body = Sequential(Linear(4, 8), ReLU(), Linear(8, 4));", "Body._0:body.0", "Body._2:body.2")]
    [InlineData("private readonly Sequential body = nn.Sequential([Linear(4, 4), GELU()]);", "Body._0:body.0")]
    [InlineData("private readonly Sequential body = Sequential(new Module<Tensor, Tensor>[] { Linear(4, 4), GELU() });", "Body._0:body.0")]
    [InlineData("private readonly Module<Tensor, Tensor> body = Sequential((\"fc-1\", Linear(4, 4)));", "Body.Fc1:body.fc-1")]
    [InlineData(
        "private readonly Sequential body = Sequential((\"block\", new Block()), (\"fc\", Linear(4, 4)));",
        "Body.Block.Fc:body.block.fc", "Body.Fc:body.fc")]
    [InlineData(
        "private readonly Sequential body = Sequential((\"inner\", Sequential(Linear(4, 4), new Block())), (\"fc\", Linear(4, 4)));",
        "Body.Inner._0:body.inner.0", "Body.Inner._1.Fc:body.inner.1.fc", "Body.Fc:body.fc")]
    public void Its_modules_have_properties(string field, params string[] sites)
    {
        var paths = sites.Select(site => site.Split(':')[1]).ToArray();
        var outcome = Style.Adapts($$"""
            [Lora(Rank = 2)]
            internal sealed class Model : Module<Tensor, Tensor>
            {
                {{field}}

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => body.call(x);
            }

            {{Block}}
            """, paths);
        using var code = outcome.Load();
        using var lora = LoadedModel.Only(code).Attach();
        foreach (var site in sites)
            Assert.Equal(site.Split(':')[1], Assert.IsAssignableFrom<Site>(LoadedModel.Read(lora, site.Split(':')[0])).Path);
    }

    [Fact]
    public void Only_targeted_modules_have_properties()
    {
        var outcome = Style.Adapts("""
            [Lora(Rank = 2, Targets = ["body.up"])]
            internal sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Sequential body;

                public Model(int width) : base("Model")
                {
                    body = Sequential(("up", Linear(4, width)), ("down", Linear(width, 4)));
                    RegisterComponents();
                }

                public Model() : this(8)
                {
                }

                public override Tensor forward(Tensor x) => body.call(x);
            }
            """, "body.up");
        Assert.Contains("/// <item><c>body.up</c>: Linear(4 → width)</item>", outcome["Model.Lora.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("Down", outcome["Model.Lora.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("body = Sequential(steps);")]
    [InlineData("var first = Linear(4, 4); body = width > 4 ? Sequential(first) : Sequential((\"other\", first));")]
    [InlineData("body = Sequential(Linear(4, 4)); if (width > 4) body = Sequential((\"wide\", Linear(4, 4)));")]
    [InlineData("var name = \"0\"; body = Sequential((name, Linear(4, 4)));")]
    public void What_is_not_written_there_is_found_when_attaching(string creation)
    {
        var outcome = Style.Adapts($$"""
            [Lora(Rank = 2)]
            internal sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Sequential body;

                public Model() : this(4, [Linear(4, 4)])
                {
                }

                public Model(int width, List<Module<Tensor, Tensor>> steps) : base("Model")
                {
                    {{creation}}
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => body.call(x);
            }
            """, creation.StartsWith("var first", StringComparison.Ordinal) ? "body.other" : "body.0");
        Assert.Contains(
            "Model.body (Sequential): its layers, if any, are found when attaching and are in Sites by path",
            outcome["Model.Lora.g.cs"],
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_of_another_namespace_that_the_file_uses()
    {
        var outcome = Style.Adapts($$"""
            // file: Model.cs
            using Parts.Inner;

            namespace Models;

            [Lora(Rank = 2)]
            internal sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Sequential body = Sequential(("block", new Block()));

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => body.call(x);
            }
            // file: Block.cs
            namespace Parts.Inner;

            {{Block}}
            """, "body.block.fc");
        Assert.Contains("public ModelBodySites Body", outcome["Models.Model.Lora.g.cs"], StringComparison.Ordinal);
        Assert.Contains("public BlockSites Block", outcome["Models.Model.Lora.g.cs"], StringComparison.Ordinal);
    }
}
