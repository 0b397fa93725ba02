using LoraGen.Analyzers.Rules;
using LoraGen.CodeFixes;

namespace LoraGen.Analyzers.Tests.Verified;

public sealed class OptionWithoutEffectTests
{
    [Fact]
    public Task Options_of_a_whole_model_are_warned_of_on_a_member() => RuleTest<OptionWithoutEffect>.Check(
        """
        [Lora(Targets = ["fc"])]
        public class Model : Module<Tensor, Tensor>
        {
            [Lora(Targets = {|#0:["fc"]|}, Rank = 2, Layers = {|#1:"0"|})] private readonly Linear fc = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => fc.forward(x);
        }
        """,
        "Targets applies to a whole model and has no effect on its member fc; remove it here",
        "Layers applies to a whole model and has no effect on its member fc; remove it here");

    [Fact]
    public Task The_fix_removes_the_option_and_empty_parentheses() => FixTest<OptionWithoutEffect, RemoveOptionFix>.Check(
        """
        [Lora]
        public class Model : Module<Tensor, Tensor>
        {
            [Lora(Exclude = [|["fc"]|], Rank = 2)] private readonly Linear fc = Linear(4, 4);
            [Lora(MaxTrainableParameters = [|9|])] private readonly Linear head = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
        }
        """,
        """
        [Lora]
        public class Model : Module<Tensor, Tensor>
        {
            [Lora(Rank = 2)] private readonly Linear fc = Linear(4, 4);
            [Lora] private readonly Linear head = Linear(4, 4);

            public Model() : base("Model") => RegisterComponents();

            public override Tensor forward(Tensor x) => head.forward(fc.forward(x));
        }
        """);
}
