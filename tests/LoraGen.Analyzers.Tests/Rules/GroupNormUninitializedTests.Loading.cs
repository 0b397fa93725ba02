namespace LoraGen.Analyzers.Tests.Rules;

/// <content>Projects that load a model.</content>
public sealed partial class GroupNormUninitializedTests
{
    [Theory]
    [InlineData("sealed", "Linear part = Linear(4, 4)", true)]
    [InlineData("", "Linear part = Linear(4, 4)", false)]
    [InlineData("sealed", "Block part = new()", false)]
    [InlineData("sealed", "Module<Tensor, Tensor> part = Sequential()", false)]
    [InlineData("sealed", "System.Collections.Generic.List<Block> part = []", false)]
    public async Task Only_a_model_that_may_hold_the_norm_loads_it(string modifier, string member, bool fires)
    {
        var found = await Found(Clean(
            $$"""
            public sealed class Block : Module<Tensor, Tensor>
            {
                private readonly GroupNorm norm = GroupNorm(2, 8);

                public Block() : base("Block") => RegisterComponents();

                public override Tensor forward(Tensor x) => norm.forward(x);
            }

            public {{modifier}} class Loaded : Module<Tensor, Tensor>
            {
                public readonly {{member}};

                public Loaded() : base("Loaded") => RegisterComponents();

                public override Tensor forward(Tensor x) => x;

                public static void Read(string path) => new Loaded().load(path);
            }
            """));
        Assert.Equal(fires, found.Count > 0);
    }
}
