using LoraGen.Analyzers.Rules;
using LoraGen.CodeFixes;

namespace LoraGen.Analyzers.Tests.Verified;

public sealed class RegexInTargetTests
{
    private const string Model = """

        public class Model : Module<Tensor, Tensor>
        {
            private readonly ModuleList<Linear> layers = new(Linear(4, 4), Linear(4, 4));

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }
        """;

    [Fact]
    public Task The_message_gives_the_glob_that_means_the_same() => RuleTest<RegexInTarget>.Check(
        """[Lora(Targets = [{|#0:@"^layers\.\d+$"|}])]""" + Model,
        "\"^layers\\.\\d+$\" in Targets is a regular expression, which matches no layer: entries are names with * for any characters; write \"layers.*\"");

    [Fact]
    public Task A_glob_is_fine() => RuleTest<RegexInTarget>.Check("""[Lora(Targets = ["layers.*"])]""" + Model);

    [Fact]
    public Task The_fix_writes_the_glob() => FixTest<RegexInTarget, ReplaceFix>.Check(
        """[Lora(Targets = [[|@"^layers\.\d+$"|], "layers.0"])]""" + Model,
        """[Lora(Targets = ["layers.*", "layers.0"])]""" + Model);

    [Fact]
    public Task Nothing_is_offered_where_no_glob_means_the_same() => FixTest<RegexInTarget, ReplaceFix>.Check(
        """[Lora(Targets = ["layers.0", [|"(fc|head)"|]])]""" + Model,
        """[Lora(Targets = ["layers.0", [|"(fc|head)"|]])]""" + Model);
}
