using LoraGen.Generator.Tests.Styles;

namespace LoraGen.Generator.Tests.Interceptors;

/// <summary>The calls of possible blocks and backward passes are intercepted, and [Checkpoint] is registered.</summary>
[Collection(nameof(Styles.RunsTorch))]
public sealed class BlockInterceptorTests
{
    private const string File = "LoraGen.Interceptors.Input.g.cs";

    [Theory]
    [InlineData("block.call(x, (x, x), null, 1)", "BlockInterceptors")]
    [InlineData("block.forward(x, (x, x), null, 1)", "BlockInterceptors")]
    [InlineData("(small.call(x), small.call(x))", "BlockInterceptors")]
    [InlineData("(seq.call(x), x)", "BlockInterceptors")]
    [InlineData("(counting.forward(x).Item1, x)", null)]
    [InlineData("(fc.call(x), x)", null)]
    public void Calls(string call, string? expected)
    {
        var file = TestProject.Generate(Source(call))[File];

        if (expected is null)
            Assert.DoesNotContain("BlockInterceptors", file, StringComparison.Ordinal);
        else
            Assert.Contains(expected, file, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_and_results_are_passed_one_by_one()
    {
        var file = TestProject.Generate(Source("block.forward(x, (x, x), null, 1)"))[File];

        Assert.Contains(
            "var result = block.forward((global::TorchSharp.torch.Tensor)values[0]!, ((global::TorchSharp.torch.Tensor)values[1]!, "
            + "(global::TorchSharp.torch.Tensor)values[2]!), (global::TorchSharp.torch.Tensor?)values[3]!, (int)values[4]!);",
            file,
            StringComparison.Ordinal);
        Assert.Contains(
            "new object?[] { input1, input2.Item1, input2.Item2, input3, input4 }) : module.forward(input1, input2, input3, input4);",
            file,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.backward()", "CheckpointCall.Backward(() => module.backward())")]
    [InlineData("x.backward(retain_graph: true)", "CheckpointCall.Backward(() => module.backward(input1, input2, input3, input4))")]
    [InlineData(
        "torch.autograd.backward(x, (Tensor?)null)",
        "CheckpointCall.Backward(() => global::TorchSharp.torch.autograd.backward(input1, input2, input3, input4, input5))")]
    [InlineData("torch.autograd.grad([x], [x])", "CheckpointCall.Grad(() => global::TorchSharp.torch.autograd.grad(")]
    public void Backward_passes(string call, string expected)
    {
        var source = Source("(x, x)") + $"public static class Script {{ public static void Run(Tensor x) => {call}; }}";
        Assert.Contains(expected, TestProject.Generate(source)[File], StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_are_registered_and_patterns_passed()
    {
        var outcome = TestProject.Generate(Source("(x, x)"));

        Assert.Contains("\"Block\")\n            .Checkpoint();", Lines(outcome["LoraGen.Members.g.cs"]), StringComparison.Ordinal);
        Assert.Contains(".Checkpoint(\"blocks\", every: 2);", outcome["LoraGen.Members.g.cs"], StringComparison.Ordinal);
        Assert.Contains("CheckpointBlocks(\"small\", \"seq\");", outcome["Model.Lora.g.cs"], StringComparison.Ordinal);
    }

    private static string Lines(string text)
    {
        return string.Join('\n', text.Split('\n').Select(
            line => line.TrimStart() is var start && start.StartsWith('.') ? "            " + start : line.TrimEnd()));
    }

    private static string Source(string call) => $$"""
        [Lora(Rank = 2, Checkpoint = ["small", "seq"])]
        public class Model : Module<Tensor, (Tensor, Tensor)>
        {
            private readonly Linear fc = Linear(4, 4);
            private readonly Sequential seq = Sequential(Linear(4, 4));
            private readonly Block block = new();
            private readonly Small small = new();
            private readonly Counting counting = new();

            [Checkpoint(Every = 2)]
            private readonly ModuleList<Small> blocks = new(new Small());

            public Model() : base("Model") => RegisterComponents();

            public override (Tensor, Tensor) forward(Tensor x)
            {
                return {{call}};
            }

            public bool Uses() => fc is null || seq is null || block is null || small is null || counting is null || blocks is null;
        }

        [Checkpoint]
        public class Block : Module<Tensor, (Tensor, Tensor), Tensor?, int, (Tensor, Tensor)>
        {
            public Block() : base("Block") => RegisterComponents();

            public override (Tensor, Tensor) forward(Tensor x, (Tensor, Tensor) pair, Tensor? mask, int power) => (x.pow(power) + pair.Item1, mask ?? x);
        }

        public class Small : Module<Tensor, Tensor>
        {
            public Small() : base("Small") => RegisterComponents();

            public override Tensor forward(Tensor x) => x;
        }

        public class Counting : Module<Tensor, (Tensor, int)>
        {
            public Counting() : base("Counting") => RegisterComponents();

            public override (Tensor, int) forward(Tensor x) => (x, 1);
        }

        """;
}
