using System.Globalization;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Tests.Methods;

/// <summary>The rules about attributes, for user-defined methods.</summary>
public sealed class OwnMethodTests
{
    private const string Taken =
        "LORA1009: The type ModelScale already belongs to adapter \"default\" of Model, so nothing is generated for this attribute; give it another Name";

    [Fact]
    public async Task Two_methods_of_one_name() => Assert.Equal([Taken], await Told("[Adapter<ScaleMethod>, Adapter<Other.ScaleMethod>]"));

    [Fact]
    public async Task The_second_of_two_methods_is_the_one_without_an_adapter()
    {
        var found = Assert.Single(await Found("[Adapter<ScaleMethod>]\n[Adapter<Other.ScaleMethod>]"));
        Assert.Equal(1, found.Location.GetLineSpan().StartLinePosition.Line);
    }

    // Methods of LoraGen come first, wherever their attributes are.
    [Fact]
    public async Task A_method_that_is_called_as_one_of_LoraGen()
    {
        var found = Assert.Single(await Found("[Adapter<Other.DoraMethod>]\n[Dora]"));
        Assert.Equal("LORA1009", found.Id);
        Assert.Equal(0, found.Location.GetLineSpan().StartLinePosition.Line);
        Assert.Equal("\"default2\"", found.Properties["Text"]);
    }

    [Fact]
    public async Task Different_methods_and_names()
    {
        Assert.Empty(await Told("[Lora, Dora, Ia3, Adapter<ScaleMethod>, Adapter<GateMethod>, Adapter<Other.ScaleMethod>(Name = \"other\")]"));
    }

    [Fact]
    public async Task A_private_method() => Assert.Equal(
        ["LORA1015: No adapter is generated for this attribute: HiddenMethod is private, protected or file-local, so no other class can name it"],
        await Told("[Adapter<Model.HiddenMethod>]"));

    [Fact]
    public async Task An_attribute_without_effect() => Assert.Equal(
        ["LORA1014: [Adapter<ScaleMethod>] on name has no effect: string neither is nor contains a layer that can be adapted; remove it"],
        await Told("[Adapter<ScaleMethod>]", "[Adapter<ScaleMethod>] private readonly string name = \"\";"));

    [Fact]
    public async Task A_layer_that_trains_whole_too() => Assert.Equal(
        [
            "LORA1015: No adapter is generated for this attribute: more has both [Adapter<ScaleMethod>] and [Trainable]; "
                + "it either gets an adapter or is trained as a whole",
        ],
        await Told("[Adapter<ScaleMethod>]", "[Adapter<ScaleMethod>, Trainable] private readonly Linear more = Linear(64, 64);"));

    [Theory]
    [InlineData("Adapter<ScaleMethod>")]
    [InlineData("Adapter<GateMethod>")]
    [InlineData("Ia3")]
    [InlineData("Dora")]
    public async Task Targets_are_checked_for_every_method(string attribute) => Assert.Equal(
        ["LORA2001: Target \"fd\" matches no layer of Model; nearest: fc"], await Told($"[{attribute}(Targets = [\"fd\"])]"));

    [Theory]
    [InlineData("Adapter<ScaleMethod>", "Targets")]
    [InlineData("Ia3", "Targets")]
    public async Task Options_of_a_model_have_no_effect_on_a_member(string attribute, string option) => Assert.Equal(
        [$"LORA1012: {option} applies to a whole model and has no effect on its member more; remove it here"],
        await Told($"[{attribute}]", $"[{attribute}({option} = [\"fc\"])] private readonly Linear more = Linear(64, 64);"));

    private static async Task<IReadOnlyList<string>> Told(string attributes, string members = "") =>
        [.. (await Found(attributes, members)).Select(diagnostic => $"{diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}")];

    private static Task<IReadOnlyList<Diagnostic>> Found(string attributes, string members = "")
    {
        return RuleTest.FindByDefault(SourceFiles.Split($$"""
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
    }
}
