using LoraGen.Analyzers.Rules;
using LoraGen.CodeFixes;

namespace LoraGen.Analyzers.Tests.Verified;

public sealed class MergedTwiceTests
{
    [Fact]
    public Task A_second_merge_of_a_program_is_an_error() => RuleTest<MergedTwice>.Check(
        """
        using var net = new Net();
        using var lora = net.AttachLora();
        lora.Merge();
        Console.WriteLine(net.call(zeros(1, 64)));
        {|#0:lora.Merge()|};
        """,
        "lora is already merged, so this Merge() throws; remove it, or call lora.Unmerge() between the two");

    [Fact]
    public Task Two_adapters_and_a_merge_after_unmerge_are_fine() => RuleTest<MergedTwice>.Check(
        """
        static class Serving
        {
            static void Run(NetLora lora, NetLora german)
            {
                lora.Merge();
                german.Merge();
                lora.Unmerge();
                lora.Merge();
            }
        }
        """);

    [Fact]
    public Task The_fix_removes_the_second() => FixTest<MergedTwice, RemoveStatementFix>.Check(
        """
        static class Serving
        {
            static void Run(NetLora lora)
            {
                lora.Merge();
                Console.WriteLine();
                [|lora.Merge()|];
            }
        }
        """,
        """
        static class Serving
        {
            static void Run(NetLora lora)
            {
                lora.Merge();
                Console.WriteLine();
            }
        }
        """);
}
