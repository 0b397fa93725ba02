using FineTuning.Comparing;
using Samples.Tests;

namespace Samples.Models.Tests.FineTune;

/// <summary>The command <c>compare</c> of samples/FineTune.</summary>
public sealed class CompareCommandTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--quick")]
    [InlineData("--ranks 8 16 32 64 --quick")]
    [InlineData("--methods lora ia3 --seeds 1 --epochs 1 --train-mails 2 --tokens 8 --report-only")]
    public void Accepted(string arguments) => Assert.Empty(CompareCommand.Create().Parse(arguments).Errors);

    [Theory]
    [InlineData("--methods lora loraa", "There is no method \"loraa\". There are: full, ")]
    [InlineData("--ranks 8 --methods lora", "--ranks compares LoRA with itself: leave out --methods.")]
    [InlineData("--ranks 8 0", "--ranks must be at least 1.")]
    [InlineData("--seeds 0", "--seeds must be at least 1.")]
    [InlineData("--epochs 0", "--epochs must be at least 1.")]
    [InlineData("--tokens 0", "--tokens must be at least 1.")]
    [InlineData("--train-mails 3", "--train-mails must be even")]
    public void Refused(string arguments, string reason)
    {
        Assert.StartsWith(reason, Assert.Single(CompareCommand.Create().Parse(arguments).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_mails_are_reported()
    {
        using var folder = new TemporaryFolder();

        var (exitCode, output) = await SampleProgram.Run("FineTune", "compare", "--quick", "--mails", folder["mails"], "--output", folder["runs"]);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"There is no \"{folder["mails/easy-ham-1"]}\".", output, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }
}
