namespace LoraGen.Analyzers.Tests.Rules;

public sealed class RegexInTargetTests : FixableRuleTests
{
    protected override string Id => "LORA2003";

    private const string Blocks = $$"""

        {{Models.ListOfBlocks}}

        {{Models.Block}}
        """;

    protected override string Message =>
        "\".*\\.q_proj$\" in Targets is a regular expression, which matches no layer: entries are names with * for any characters; write \"*.q_proj\"";

    protected override IReadOnlyList<string> Fires =>
    [
        """[Lora(Targets = [{|LORA2003:".*\\.q_proj$"|}])]""" + Blocks,
        """[Lora(Targets = ["v_proj", {|LORA2003:@"layers\.\d+\.q_proj"|}])]""" + Blocks,
        $$"""
        [assembly: Lora(typeof(Model), Exclude = new[] { {|LORA2003:"(q|k)_proj"|} })]

        {{Models.ListOfBlocks}}

        {{Models.Block}}
        """,
        """[Lora(Targets = [{|LORA2003:"^layers\\.[0-9]+\\.(q_proj|v_proj)"|}])]""" + Blocks,
    ];

    protected override IReadOnlyList<string> Silent =>
    [
        """[Lora(Targets = ["*.q_proj", "layers.*.v_proj"])]""" + Blocks,
        """[Lora(Targets = ["layers.0.*"], Exclude = ["v_*"])]""" + Blocks,
        """
        [Lora(Targets = ["proj(out)"])]
        public sealed class Model : Module<Tensor, Tensor>
        {
            [TorchSharp.Utils.ComponentName(Name = "proj(out)")] private readonly Linear first = Linear(64, 64);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """,
        """[Lora(Targets = ["q_proj", "k-proj"])]""" + Blocks,
        $$"""
        [Lora(Name = "v+")]
        {{Models.OneLinear}}
        """,
    ];

    protected override IReadOnlyList<(string Before, string After)> Fixes =>
    [
        (
            """[Lora(Targets = [".*\\.q_proj$"])]""" + Blocks,
            """[Lora(Targets = ["*.q_proj"])]""" + Blocks),
        (
            """[Lora(Targets = [@"^layers\.\d+\.q_proj$"])]""" + Blocks,
            """[Lora(Targets = ["layers.*.q_proj"])]""" + Blocks),
        (
            """[Lora(Targets = ["layers\\.[0-9]+\\.v_proj"], Rank = 4)]""" + Blocks,
            """[Lora(Targets = ["layers.*.v_proj"], Rank = 4)]""" + Blocks),
    ];
}
