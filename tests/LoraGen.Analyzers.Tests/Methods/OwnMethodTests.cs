using System.Globalization;
using LoraGen.Testing;

namespace LoraGen.Analyzers.Tests.Methods;

/// <summary>What the rules about attributes say where the method is one of the user's own.</summary>
public sealed class OwnMethodTests
{
    private const string Taken =
        "LORA1009: The type ModelScale already belongs to adapter \"default\" of Model, so nothing is generated for this attribute; give it another Name";

    [Fact]
    public void Two_methods_of_one_name() => Assert.Equal([Taken], Told("[Adapter<ScaleMethod>, Adapter<Other.ScaleMethod>]"));

    [Fact]
    public void The_second_of_two_methods_is_the_one_without_an_adapter()
    {
        var found = Assert.Single(Project("[Adapter<ScaleMethod>]\n[Adapter<Other.ScaleMethod>]").Analyze());
        Assert.Equal(1, found.Location.GetLineSpan().StartLinePosition.Line);
    }

    // Methods of LoraGen come first, wherever their attributes are.
    [Fact]
    public void A_method_that_is_called_as_one_of_LoraGen()
    {
        var found = Assert.Single(Project("[Adapter<Other.DoraMethod>]\n[Dora]").Analyze());
        Assert.Equal("LORA1009", found.Id);
        Assert.Equal(0, found.Location.GetLineSpan().StartLinePosition.Line);
        Assert.Equal("\"default2\"", found.Properties["Text"]);
    }

    [Fact]
    public void Different_methods_and_names()
    {
        Assert.Empty(Told("[Lora, Dora, Ia3, Adapter<ScaleMethod>, Adapter<GateMethod>, Adapter<Other.ScaleMethod>(Name = \"other\")]"));
    }

    [Fact]
    public void A_private_method() => Assert.Equal(
        ["LORA1015: No adapter is generated for this attribute: HiddenMethod is private, protected or file-local, so no other class can name it"],
        Told("[Adapter<Model.HiddenMethod>]"));

    [Fact]
    public void An_attribute_without_effect() => Assert.Equal(
        ["LORA1014: [Adapter<ScaleMethod>] on name has no effect: string neither is nor contains a layer that can be adapted; remove it"],
        Told("[Adapter<ScaleMethod>]", "[Adapter<ScaleMethod>] private readonly string name = \"\";"));

    [Fact]
    public void A_layer_that_trains_whole_too() => Assert.Equal(
        [
            "LORA1015: No adapter is generated for this attribute: more has both [Adapter<ScaleMethod>] and [Trainable]; "
                + "it either gets an adapter or trains whole",
        ],
        Told("[Adapter<ScaleMethod>]", "[Adapter<ScaleMethod>, Trainable] private readonly Linear more = Linear(64, 64);"));

    [Theory]
    [InlineData("Adapter<ScaleMethod>")]
    [InlineData("Adapter<GateMethod>")]
    [InlineData("Ia3")]
    [InlineData("Dora")]
    public void Targets_are_checked_for_every_method(string attribute) => Assert.Equal(
        ["LORA2001: Target \"fd\" matches no layer of Model; nearest: fc"], Told($"[{attribute}(Targets = [\"fd\"])]"));

    [Theory]
    [InlineData("Adapter<ScaleMethod>", "Targets")]
    [InlineData("Ia3", "Targets")]
    public void Options_of_a_model_have_no_effect_on_a_member(string attribute, string option) => Assert.Equal(
        [$"LORA1012: {option} applies to a whole model and has no effect on its member more; remove it here"],
        Told($"[{attribute}]", $"[{attribute}({option} = [\"fc\"])] private readonly Linear more = Linear(64, 64);"));

    private static IReadOnlyList<string> Told(string attributes, string members = "")
    {
        return [.. Project(attributes, members).Analyze().Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}")];
    }

    private static AnalyzedProject Project(string attributes, string members = "")
    {
        var project = AnalyzedProject.Of(SourceFiles.Split($$"""
            {{attributes}}
            public sealed class Model : Module<Tensor, Tensor>
            {
                private readonly Linear fc = Linear(64, 64);
                {{members}}

                public Model() : base("Model") => RegisterComponents();

                public override Tensor forward(Tensor x) => fc.forward(x);

                private sealed record HiddenMethod : Other.Base;
            }

            namespace Other
            {
                public sealed record ScaleMethod : Base;

                public sealed record DoraMethod : Base;

                public abstract record Base : AdapterMethod
                {
                    protected override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [new("Gate", [1], ".gate")];

                    protected override void Start(Site site) => init.zeros_(site["Gate"]);
                }
            }
            {{OwnMethods.Source}}
            """));
        Assert.Empty(project.Errors);
        return project;
    }
}
