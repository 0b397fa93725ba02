namespace Samples.Tests;

public class SampleTests
{
    /// <summary>Each sample checks what it claims and ends with 1 when a check fails.</summary>
    [Theory]
    [InlineData("QuickStart", "trainable params: ")]
    [InlineData("OwnMethod", "trainable params: ")]
    [InlineData("UnmodifiedModel", "trainable params: ")]
    [InlineData("Qlora", "14 layers quantised: ")]
    public async Task Sample_holds_what_it_claims(string name, string shown)
    {
        var (exitCode, output) = await SampleProgram.Run(name);

        Assert.True(exitCode == 0, $"{name} ended with {exitCode}:\n{output}");
        Assert.Contains(shown, output, StringComparison.Ordinal);
    }
}
