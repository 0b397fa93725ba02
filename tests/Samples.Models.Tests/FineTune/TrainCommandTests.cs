using FineTuning.Training;

namespace Samples.Models.Tests.FineTune;

/// <summary>What the command line of samples/FineTune accepts.</summary>
public sealed class TrainCommandTests
{
    [Theory]
    [InlineData("--method lora")]
    [InlineData("--method ia3 --epochs 1 --train-mails 2 --learning-rate 0.1")]
    public void Accepted(string arguments) => Assert.Empty(TrainCommand.Create().Parse(arguments).Errors);

    [Theory]
    [InlineData("--method lora --epochs 0", "--epochs must be at least 1.")]
    [InlineData("--method lora --train-mails 3", "--train-mails must be even")]
    [InlineData("--method lora --learning-rate 0", "--learning-rate must be above 0.")]
    public void Refused(string arguments, string reason)
    {
        Assert.StartsWith(reason, Assert.Single(TrainCommand.Create().Parse(arguments).Errors).Message, StringComparison.Ordinal);
    }
}
