namespace LoraGen.Analyzers.Tests.Rules;

public sealed class ForwardNotInterceptedTests : FixableRuleTests
{
    protected override string Id => "LORA3007";

    protected override string Message =>
        "encoder.query is called by Encoder of Vendor.Models, which is compiled without LoraGen: where that calls forward, the adapter is never reached; "
        + "set Reparametrize = true";

    [Fact]
    public async Task Only_a_Linear_is_told_to_be_reparametrized()
    {
        Assert.Equal(
            "conv is called by Vision of Vendor.Models, which is compiled without LoraGen: where that calls forward, the adapter is never reached; "
                + "exclude it, or compile that project with LoraGen",
            await MessageOf(Fires[3]));
    }

    [Theory]
    [InlineData("Vendor.Closed", "inner is called by Closed of Vendor.Models, ")]
    [InlineData("Project.Closed", "each private layer is called by Closed of Vendor.Project, ")]
    public async Task A_private_layer_is_named_if_the_assembly_has_it(string model, string message) =>
        Assert.StartsWith(message, await MessageOf($"[assembly: Lora(typeof({model}))]"), StringComparison.Ordinal);

    protected override IReadOnlyList<string> Fires =>
    [
        "[{|LORA3007:Lora(Rank = 8)|}]\n" + Model,
        "[assembly: {|LORA3007:LoraAttribute(typeof(Vendor.Encoder), Targets = [\"layers.*\"])|}]",
        """
        using Base = Vendor.Encoder;

        [{|LORA3007:Lora(Targets = new[] { "query" }, Exclude = ["fc"], Dropout = 0.1)|}]
        public sealed partial class Model() : Module<Tensor, Tensor>("Model");

        public sealed partial class Model
        {
            private readonly Linear fc = Linear(64, 64);
            private Base First { get; } = new();

            public override Tensor forward(Tensor x) => fc.forward(First.call(x));
        }
        """,
        "[assembly: {|LORA3007:Lora(typeof(Vendor.Vision), Targets = [\"conv\"])|}]",
        // Private layers, of which there is no typed tree.
        "[assembly: {|LORA3007:Lora(typeof(Vendor.Closed))|}]",
        "[assembly: {|LORA3007:Lora(typeof(Project.Closed))|}]",
        "[assembly: {|LORA3007:Lora(typeof(Vendor.Closed), Targets = [\"conv\"])|}]",
        "[{|LORA3007:Lora|}]\n" + Model.Replace("Vendor.Encoder", "Vendor.Closed", StringComparison.Ordinal),
        "[{|LORA3007:Lora(Targets = [\"encoder.inner\"])|}]\n" + Model.Replace("Vendor.Encoder", "Project.Closed", StringComparison.Ordinal),
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        "[Lora(Reparametrize = true)]\n" + Model,
        "[Lora(AllowUnreached = true)]\n" + Model,
        // Only layers of the class's own are targeted.
        "[Lora(Targets = [\"fc\"])]\n" + Model,
        "[Lora]\n" + Model.Replace("private readonly Vendor", "[LoraIgnore] private readonly Vendor", StringComparison.Ordinal),
        // TorchSharp's own classes call by hooks; a class of this project that derives from one of another calls here.
        """
        [Lora]
        public sealed class Model() : Module<Tensor, Tensor>("Model")
        {
            private readonly Sequential steps = Sequential(Linear(64, 64));
            private readonly ModuleList<Linear> layers = new(Linear(64, 64));

            public override Tensor forward(Tensor x) => steps.forward(layers[0].forward(x));
        }

        [Lora]
        public sealed class Own : Vendor.Encoder
        {
            public override Tensor forward(Tensor x) => query.forward(x);
        }
        """,
        // Its private members are no layers, aren't targeted, or aren't known.
        "[Lora]\n" + Model.Replace("Vendor.Encoder", "Vendor.Swish", StringComparison.Ordinal),
        "[Lora]\n" + Model.Replace("Vendor.Encoder", "Project.Swish", StringComparison.Ordinal),
        "[Lora]\n" + Model.Replace("Vendor.Encoder", "Project.Closed", StringComparison.Ordinal),
        "[Lora(Targets = [\"fc\"])]\n" + Model.Replace("Vendor.Encoder", "Vendor.Closed", StringComparison.Ordinal),
        "[assembly: Lora(typeof(Vendor.Closed), Reparametrize = true)]",
        "[assembly: Lora(typeof(Project.Closed), AllowUnreached = true)]",
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        ("[Lora(Rank = 8)]\n" + Model, "[Lora(Rank = 8, Reparametrize = true)]\n" + Model),
        ("[assembly: Lora(typeof(Vendor.Encoder))]", "[assembly: Lora(typeof(Vendor.Encoder), Reparametrize = true)]"),
    ];

    private const string Model = """
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(64, 64);
            private readonly Vendor.Encoder encoder = new();

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(encoder.forward(x));
        }
        """;
}
