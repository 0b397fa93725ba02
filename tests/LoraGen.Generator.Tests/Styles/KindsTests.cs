using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Styles;

/// <summary>The option Kinds: the properties of the adapter's type are the sites of the attached adapter.</summary>
[Collection(nameof(RunsTorch))]
public sealed class KindsTests
{
    [Theory]
    [InlineData("Kinds = [LayerKind.Embedding]", "embed own", "Embed Own")]
    [InlineData("Kinds = [LayerKind.Convolution]", "conv body.1 own", "Conv Own")]
    [InlineData("Kinds = [LayerKind.Linear, LayerKind.Embedding]", "embed fc body.0 own", "Embed Fc Own")]
    [InlineData("Targets = [\"*\"], Kinds = [LayerKind.Linear, LayerKind.Convolution]", "conv fc body.0 body.1 own", "Conv Fc Own")]
    [InlineData(
        "Targets = [\"body.*\", \"conv\"], Exclude = [\"body.1\"], Kinds = [LayerKind.Linear, LayerKind.Convolution]", "conv body.0 own", "Conv Own")]
    public void Layers_of_these_kinds_are_adapted(string options, string paths, string properties)
    {
        var outcome = Run(options);
        Analysis.EnsureSilent(outcome);
        using var code = outcome.Load();
        using var lora = LoadedModel.Only(code).Attach();
        Assert.Equal(paths.Split(' '), lora.Sites.Select(site => site.Path));
        var found = lora.GetType().GetProperties().Where(property => property.PropertyType == typeof(LoraSite) && property.GetIndexParameters().Length == 0);
        Assert.Equal(properties.Split(' '), found.Select(property => property.Name));
    }

    [Fact]
    public void A_target_of_another_kind_is_an_error_when_attaching()
    {
        using var code = Run("Targets = [\"conv\", \"fc\"], Kinds = [LayerKind.Linear]").Load();
        Assert.EndsWith(
            "Target \"conv\" only matches layers of kinds that are not in Kinds (Linear): conv is of kind Convolution.",
            Assert.Throws<InvalidOperationException>(() => LoadedModel.Only(code).Attach()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_kind_that_is_unknown_is_refused()
    {
        using var code = Run("Kinds = [LayerKind.Unknown]").Load();
        Assert.Contains("Kinds has Unknown", Assert.Throws<ArgumentException>(() => LoadedModel.Only(code).Attach()).Message, StringComparison.Ordinal);
    }

    private static GeneratorOutcome Run(string options) => TestProject.Project.Files($$"""
        [Lora(Rank = 2, {{options}})]
        public class Model : Module<Tensor, Tensor>
        {
            private readonly Embedding embed = Embedding(5, 4);
            private readonly Conv1d conv = Conv1d(4, 4, 1);
            private readonly Linear fc = Linear(4, 4);
            private readonly Sequential body = Sequential(Linear(4, 4), Conv1d(4, 4, 1));
            [Lora(Rank = 1)] private readonly Linear own = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => own.call(x);
        }
        """).Run();
}
