using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>Attributes on members when attaching: their options, the layers that they apply to, and the excluded layers.</summary>
[Collection(nameof(RunsTorch))]
public sealed class OverrideTests
{
    private const string Block = """
        public class Block : Module<Tensor, Tensor>
        {
            private readonly Linear a = Linear(4, 4);
            [Lora(Alpha = 3)] private readonly Linear b = Linear(4, 4);
            [LoraIgnore] private readonly Linear c = Linear(4, 4);

            public Block() : base("Block") => RegisterComponents();

            public override Tensor forward(Tensor x) => c.forward(b.forward(a.forward(x)));
        }
        """;

    [Theory]
    [InlineData("", "block", "block.a 2 4, block.b 2 3")]
    [InlineData("[Lora(Rank = 5)]", "block", "block.a 5 4, block.b 5 3")]
    [InlineData("[LoraIgnore]", "block", "")]
    [InlineData("[Lora(Rank = 5, Name = \"style\")]", "block", "block.a 2 4, block.b 2 3")]
    [InlineData("[Lora(Rank = 5), Lora(Rank = 6, Name = \"default\")]", "block", "block.a 6 4, block.b 6 3")]
    [InlineData("[Lora(Rank = 5)]", "list", "list.0.a 5 4, list.0.b 5 3")]
    [InlineData("[LoraIgnore]", "list", "")]
    [InlineData("[Lora(Rank = 5)]", "hidden", "hidden.more.fc 5 4, hidden.fc 5 4")]
    [InlineData("[LoraIgnore]", "hidden", "")]
    [InlineData("[Lora(Rank = 5)]", "any", "any.0 5 4, any.1.fc 5 4")]
    [InlineData("[LoraIgnore]", "any", "")]
    [InlineData("[Lora(Rank = 5)]", "thing", "thing.fc 5 4")]
    [InlineData("[LoraIgnore]", "thing", "")]
    public void Reaches_what_the_member_holds(string attribute, string member, string sites)
    {
        using var code = TestProject.Project.Without(Checks.Caching | Checks.Determinism).Files($$"""
            [Lora(Rank = 2, Alpha = 4)]
            public class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);
                {{At("block")}} private readonly Block block = new();
                {{At("list")}} private readonly ModuleList<Block> list = new(new Block());
                {{At("any")}} private readonly Sequential any = Sequential(Linear(4, 4), new Plain());
                {{At("thing")}} private readonly object thing = new Plain();
                {{At("hidden")}} private readonly Hidden hidden = new();

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x)
                    => ((Plain)thing).forward(any.forward(hidden.forward(list[0].forward(block.forward(fc.forward(x))))));

                private sealed class Hidden : Plain
                {
                    private readonly Plain more = new();

                    public override Tensor forward(Tensor x) => more.forward(base.forward(x));
                }
            }

            public class Plain : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(4, 4);

                public Plain() : base("Plain") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);
            }

            {{Block}}
            """).Run().Load();

        using var lora = LoadedModel.Only(code).Attach();
        var found = lora.Sites.OfType<LoraSite>().Where(site => site.Path.StartsWith(member + ".", StringComparison.Ordinal));
        Assert.Equal(sites, string.Join(", ", found.Select(site => $"{site.Path} {site.Rank} {site.Alpha}")));
        Assert.Equal(2, Assert.IsType<LoraSite>(lora["fc"]).Rank);

        string At(string name) => name == member ? attribute : string.Empty;
    }
}
