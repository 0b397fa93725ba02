using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>Targets and Exclude: the properties of the adapter's type are the sites of the attached adapter.</summary>
[Collection(nameof(RunsTorch))]
public sealed class TargetingTests
{
    private const string Paths = "embed layers.0.attn.q layers.0.attn.v layers.0.mlp layers.1.attn.q layers.1.attn.v layers.1.mlp heads.0 heads.1";

    [Theory]
    [InlineData("", Paths)]
    [InlineData("Targets = new string[0]", Paths)]
    [InlineData("Targets = null!", Paths)]
    [InlineData("Targets = [\"q\", \"v\"]", "layers.0.attn.q layers.0.attn.v layers.1.attn.q layers.1.attn.v")]
    [InlineData("Targets = [\"attn.*\"]", "layers.0.attn.q layers.0.attn.v layers.1.attn.q layers.1.attn.v")]
    [InlineData("Targets = [\"layers.1.*\"]", "layers.1.attn.q layers.1.attn.v layers.1.mlp")]
    [InlineData("Targets = [\"layers.1.attn.q\", \"heads.0\"]", "layers.1.attn.q heads.0")]
    [InlineData("Targets = [\"*\"], Exclude = [\"layers.*\"]", "embed heads.0 heads.1")]
    [InlineData("Exclude = [\"layers.1.*\", \"heads.*\"]", "embed layers.0.attn.q layers.0.attn.v layers.0.mlp")]
    [InlineData("Targets = [\"q\", \"mlp\"], Exclude = [\"0.mlp\"]", "layers.0.attn.q layers.1.attn.q layers.1.mlp")]
    [InlineData("Targets = [\"1\"]", "heads.1")]
    [InlineData("Kinds = [LayerKind.Linear]", Paths)]
    [InlineData("Kinds = new[] { LayerKind.Linear }, Targets = [\"q\"]", "layers.0.attn.q layers.1.attn.q")]
    public void Sites(string options, string paths)
    {
        using var code = TestProject.Project.Without(Checks.Caching | Checks.Determinism).Files(Source(options)).Run().Load();
        using var lora = LoadedModel.Only(code).Attach();

        Assert.Equal(paths.Split(' '), lora.Sites.Select(site => site.Path));
        Assert.All(Promised(lora).ToArray(), site => Assert.Contains(site, lora.Sites));
    }

    [Theory]
    [InlineData("Targets = [\"w\"]", "Target \"w\" matches no layer of the model. Nearest: ")]
    [InlineData("Targets = [\"attn\"]", "It names a module that holds layers; write \"attn.*\" for all of them.")]
    [InlineData("Targets = [\"layers.2.mlp\"]", "Nearest: layers.0.mlp, layers.1.mlp")]
    [InlineData("Exclude = [\"heads.3\"]", "Exclude \"heads.3\" matches no layer")]
    [InlineData("Exclude = [\"*\"]", "none of the model's 9 layers is adapted")]
    public void Miss_is_an_error_at_attach(string options, string message)
    {
        using var code = TestProject.Project.Without(Checks.Caching | Checks.Determinism).Files(Source(options)).Run().Load();
        var model = LoadedModel.Only(code);

        Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => model.Attach()).Message);
    }

    // Every site that the generated properties show, whatever their nesting.
    private static IEnumerable<Site> Promised(object from)
    {
        foreach (var property in from.GetType().GetProperties().Where(property => property.DeclaringType!.Assembly == from.GetType().Assembly))
        {
            var value = property.GetMethod!.Invoke(from, []);
            foreach (var item in value is System.Collections.IEnumerable items ? items.Cast<object?>() : [value])
            {
                foreach (var site in item is Site found ? [found] : item is null ? [] : Promised(item))
                    yield return site;
            }
        }
    }

    private static string Source(string options) => $$"""
        #nullable disable warnings
        [Lora({{options}})]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Linear embed = Linear(4, 4);
            private readonly ModuleList<Layer> layers = new(new Layer(), new Layer());
            private readonly ModuleList<Linear> heads = new(Linear(4, 4), Linear(4, 4));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => heads[0].call(layers[0].call(embed.call(x)));
        }

        public class Layer : Module<Tensor, Tensor>
        {
            private readonly Attention attn = new();
            private readonly Module<Tensor, Tensor> mlp = Linear(4, 4);

            public Layer() : base("Layer") => RegisterComponents();

            public override Tensor forward(Tensor x) => mlp.call(attn.call(x));
        }

        public class Attention : Module<Tensor, Tensor>
        {
            private readonly Linear q = Linear(4, 4), v = Linear(4, 4);

            public Attention() : base("Attention") => RegisterComponents();

            public override Tensor forward(Tensor x) => v.call(q.call(x));
        }
        """;
}
