namespace LoraGen.Analyzers.Tests.Suppressors;

public sealed class AdaptedMemberIsReadTests
{
    public static TheoryData<string> Ids { get; } = new(new AdaptedMemberIsRead().SupportedSuppressions.Select(each => each.SuppressedDiagnosticId));

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Layers_of_an_adapted_model_are_read(string id)
    {
        await AssertReported(
            id, "[Lora]\n" + Model("private readonly Linear fc1 = Linear(4, 4), fc2 = Linear(4, 4); private Linear Fc3 { get; } = Linear(4, 4);"));
        await AssertReported(id, "[assembly: Lora(typeof(Model))]\n" + Model("private readonly Linear fc = Linear(4, 4);"));
    }

    [Fact]
    public async Task So_is_what_leads_to_layers()
    {
        await AssertReported(
            "IDE0052",
            "[Lora]\n"
            + Model("private readonly ModuleList<Block> blocks = new(new Block()); private readonly Module<Tensor, Tensor> open = Linear(4, 4);")
            + Model("private readonly Linear fc = Linear(4, 4);").Replace("Model", "Block", StringComparison.Ordinal));
    }

    [Fact]
    public async Task So_are_the_members_that_a_layer_is_declared_by()
    {
        await AssertReported(
            "IDE0052",
            "[assembly: LinearLayer(typeof(Quantized), InFeatures = \"_in\", OutFeatures = \"_out\")]\n[Lora]\n"
            + Model("private readonly Quantized fc = new();")
            + """
            public sealed class Quantized() : Module<Tensor, Tensor>("Quantized")
            {
                private readonly int _in = 4, _out = 4;
                private readonly int [|_bits|] = 8;
                public override Tensor forward(Tensor x) => x;
            }
            """);
    }

    [Fact]
    public Task A_class_without_an_adapter_is_its_own_affair() => AssertReported("IDE0052", Model("private readonly Linear [|fc|] = Linear(4, 4);"));

    [Fact]
    public async Task What_is_no_module_is_reported()
    {
        await AssertReported("CA1823", "[Lora]\n" + Model("private readonly int [|width|] = 4; private readonly Linear fc = Linear(4, 4);"));
    }

    [Fact]
    public async Task So_are_ignored_layers_which_an_adapter_has_to_know_too()
    {
        await AssertReported(
            "IDE0051", "[Lora]\n" + Model("[LoraIgnore] private readonly Linear head = Linear(4, 4); private readonly Linear fc = Linear(4, 4);"));
    }

    [Fact]
    public async Task A_field_of_the_same_name_elsewhere_is_reported()
    {
        await AssertReported(
            "IDE0051",
            "[Lora]\n" + Model("private readonly Linear fc = Linear(4, 4);") + "public sealed class Other { private readonly int [|fc|] = 4; }");
    }

    [Fact]
    public Task Other_faults_are_reported() => AssertReported("CA9999", "[Lora]\n" + Model("private readonly Linear [|fc|] = Linear(4, 4);"));

    [Fact]
    public void The_page_names_each_suppression()
    {
        var page = File.ReadAllText(Path.Combine(RulePage.Folder, "suppressions.md"));
        Assert.All(new AdaptedMemberIsRead().SupportedSuppressions, each =>
        {
            Assert.Contains($"| {each.Id} | [{each.SuppressedDiagnosticId}]", page, StringComparison.Ordinal);
        });
    }

    private static string Model(string members) => $$"""
        public sealed class Model : Module<Tensor, Tensor>
        {
            {{members}}
            public Model() : base("Model") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }

        """;

    /// <summary>Every private member is called unused; those in <c>[|…|]</c> stay so, the others are suppressed.</summary>
    private static Task AssertReported(string id, string code) => SuppressorTest.Check(new UnusedMemberAnalyzer(id), new AdaptedMemberIsRead(), code);
}
