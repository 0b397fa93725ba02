using System.Globalization;
using LoraGen.Generator.Tests.Styles;
using LoraGen.Testing;

namespace LoraGen.Generator.Tests.Methods;

/// <summary>User-defined methods and several methods on one model: the generated code is run.</summary>
[Collection(nameof(RunsTorch))]
public sealed class OwnMethodTests
{
    private const string Scale = """
        namespace Mine;

        public record ScaleMethod : MergeableMethod
        {
            public double First { get; init; } = 1;

            protected override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [new("Scale", [layer.Outputs], ".scale")];

            protected override void Start(Site site) => init.constant_(site["Scale"], First);

            protected override Tensor OnOutput(LayerCall call, Tensor input, Tensor output) => output * call.Site["Scale"];

            protected override LayerWeights Merge(Site site, LayerWeights weights, LayerWeights baseWeights)
                => new(weights.Weight * site["Scale"].unsqueeze(1), weights.Bias is { } bias ? bias * site["Scale"] : null);
        }
        """;

    private const string Gate = """
        public static class Tools
        {
            internal sealed record Gate : AdapterMethod
            {
                protected override IReadOnlyList<ParameterSpec> Parameters(LayerFacts layer) => [new("Gate", [1], ".gate")];

                protected override void Start(Site site) => init.zeros_(site["Gate"]);

                protected override Tensor OnOutput(LayerCall call, Tensor input, Tensor output) => output * (1 + call.Site["Gate"]);
            }
        }
        """;

    [Fact]
    public void Methods_side_by_side()
    {
        Assert.Equal(
            "ModelLora fc: LoraSite; ModelDora fc: DoraSite; ModelIa3 fc: Ia3Site; ModelScale fc: Site; ModelGate fc: Site; base AdapterBase`1",
            Run(
                "[Lora, Dora, Ia3, Adapter<Mine.ScaleMethod>, Adapter<Tools.Gate>]",
                string.Empty,
                """
                using var lora = model.AttachLora();
                using var dora = model.AttachDora("dora");
                using var ia3 = model.AttachIa3("ia3");
                using var scale = model.AttachScale(new Mine.ScaleMethod { First = 2 }, "scale");
                using var gate = model.AttachGate(name: "gate");
                var all = new AdapterBase[] { lora, dora, ia3, scale, gate };
                return string.Join("; ", all.Select(each => $"{each.GetType().Name} {each.Sites[0].Path}: {each.Sites[0].GetType().Name}"))
                    + $"; base {gate.GetType().BaseType!.Name}";
                """));
    }

    [Fact]
    public void Options_are_given_at_attach()
    {
        Assert.Equal(
            "3 1",
            Run(
                "[Adapter<Mine.ScaleMethod>]",
                string.Empty,
                """
                using var three = model.AttachScale(new Mine.ScaleMethod { First = 3 });
                using var one = model.AttachScale(name: "one");
                return $"{three.Fc["Scale"].sum().item<float>() / 4} {one.Fc["Scale"].sum().item<float>() / 4}";
                """));
    }

    // fc has 4 biases, head 4; the scales of both are 8.
    [Theory]
    [InlineData("", "", 8)]
    [InlineData("(Bias = LoraBias.All)", "", 16)]
    [InlineData("(Bias = LoraBias.LoraOnly, Targets = [\"fc\"])", "", 8)]
    [InlineData("", "new Mine.ScaleMethod { Bias = LoraBias.All }", 16)]
    [InlineData("(Bias = LoraBias.None)", "new Mine.ScaleMethod { Bias = LoraBias.All }", 8)]
    public void The_attribute_sets_Bias(string attribute, string method, long count)
    {
        Assert.Equal(
            $"{count} {count}",
            Run(
                $"[Adapter<Mine.ScaleMethod>{attribute}]",
                string.Empty,
                $$"""
                using var adapter = model.AttachScale({{method}});
                return $"{adapter.ParameterCount.Trainable} {ModelScale.Count(() => new Model(){{(method.Length == 0 ? "" : ", ")}}{{method}}).Trainable}";
                """));
    }

    [Fact]
    public void On_a_member()
    {
        Assert.Equal(
            "head",
            Run(
                "[Adapter<Mine.ScaleMethod>(Exclude = [\"*\"])]",
                "[Adapter<Mine.ScaleMethod>]",
                """
                using var adapter = model.AttachScale();
                return string.Join(" ", adapter.Sites.Select(site => site.Path));
                """));
    }

    // An attribute on a member applies to its own method only.
    [Fact]
    public void On_a_member_of_a_model_with_another_method()
    {
        Assert.Equal(
            "fc | fc head",
            Run(
                "[Adapter<Mine.ScaleMethod>(Targets = [\"fc\"]), Adapter<Tools.Gate>(Targets = [\"fc\"])]",
                "[Adapter<Tools.Gate>]",
                """
                using var scale = model.AttachScale();
                using var gate = model.AttachGate(name: "gate");
                return string.Join(" ", scale.Sites.Select(site => site.Path)) + " | " + string.Join(" ", gate.Sites.Select(site => site.Path));
                """));
    }

    [Fact]
    public void Without_a_file_of_the_model_that_can_be_touched()
    {
        var outcome = TestProject.Project.Files($$"""
            // file: Adapters.cs
            [assembly: Adapter<Mine.ScaleMethod>(typeof(Model))]
            [assembly: Adapter<Tools.Gate>(typeof(Model), Name = "night")]
            // file: Model.cs
            {{Model(string.Empty, string.Empty)}}
            {{Program("""
                using var scale = model.AttachScale();
                using var gate = model.AttachNightGate();
                return $"{scale.GetType().Name} {gate.GetType().Name}";
                """)}}
            {{Gate}}
            // file: Scale.cs
            {{Scale}}
            """).Run();
        using var code = outcome.Load();
        Assert.Equal("ModelScale ModelNightGate", code.Type("Program").GetMethod("Run")!.Invoke(null, null));
        Analysis.EnsureSilent(outcome);
    }

    [Fact]
    public void What_is_said_to_be_experimental()
    {
        var outcome = TestProject.Project.Files($$"""
            // file: Model.cs
            #pragma warning disable MINE1
            {{Model("[Adapter<Mine.ScaleMethod>]", string.Empty)}}
            // file: Scale.cs
            {{Scale.Replace("public record", "[System.Diagnostics.CodeAnalysis.Experimental(\"MINE1\")]\npublic record", StringComparison.Ordinal)}}
            """).Run();
        Analysis.EnsureSilent(outcome);
        Assert.Contains("MINE1", outcome["Model.Scale.g.cs"], StringComparison.Ordinal);
    }

    private static string Run(string attributes, string onHead, string body)
    {
        var outcome = TestProject.Project.Without(Checks.Caching | Checks.Determinism).Files($$"""
            // file: Model.cs
            {{Model(attributes, onHead)}}
            {{Program(body)}}
            {{Gate}}
            // file: Scale.cs
            {{Scale}}
            """).Run();
        using var code = outcome.Load();
        return Convert.ToString(code.Type("Program").GetMethod("Run")!.Invoke(null, null), CultureInfo.InvariantCulture)!;
    }

    private static string Program(string body) => $$"""
        public static class Program
        {
            public static string Run()
            {
                using var model = new Model();
                {{body}}
            }
        }
        """;

    private static string Model(string attributes, string onHead) => $$"""
        {{attributes}}
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);
            {{onHead}} private readonly Linear head = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
        }
        """;
}
