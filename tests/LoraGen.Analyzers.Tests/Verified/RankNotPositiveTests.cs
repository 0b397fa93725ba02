using LoraGen.Analyzers.Rules;
using LoraGen.CodeFixes;

namespace LoraGen.Analyzers.Tests.Verified;

public sealed class RankNotPositiveTests
{
    [Fact]
    public Task A_rank_of_zero_and_a_negative_constant_are_errors() => RuleTest<RankNotPositive>.Check(
        """
        // file: Net.cs
        [Lora(Rank = {|#0:0|})]
        public partial class Model() : Module<Tensor, Tensor>("Model")
        {
            private const int Small = -4;

            [Lora(Rank = {|#1:Small|})] private readonly Linear fc = Linear(4, 4);

            public override Tensor forward(Tensor x) => x;
        }
        // file: Assembly.cs
        [assembly: Lora(typeof(Model), Name = "style", Rank = [|0|])]
        """,
        "Rank is 0: A would have 0 rows; use 1 or more, usually 8",
        "Rank is -4: A would have -4 rows; use 1 or more, usually 8");

    [Fact]
    public Task The_default_rank_and_another_librarys_rank_are_fine() => RuleTest<RankNotPositive>.Check(
        """
        [Lora]
        public class Model() : Module<Tensor, Tensor>("Model")
        {
            public override Tensor forward(Tensor x) => x;
        }

        [Race(Rank = 0)]
        public class RaceAttribute : Attribute
        {
            public int Rank { get; set; }
        }
        """);

    [Fact]
    public Task The_fix_sets_the_usual_rank() => FixTest<RankNotPositive, SetOptionFix>.Check(
        """
        [Lora(Alpha = 16, Rank = [|0|])]
        [Lora(Name = "style", Rank = [|-1|])]
        public class Model() : Module<Tensor, Tensor>("Model")
        {
            public override Tensor forward(Tensor x) => x;
        }
        """,
        """
        [Lora(Alpha = 16, Rank = 8)]
        [Lora(Name = "style", Rank = 8)]
        public class Model() : Module<Tensor, Tensor>("Model")
        {
            public override Tensor forward(Tensor x) => x;
        }
        """);
}
