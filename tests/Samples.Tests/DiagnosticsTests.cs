using System.Text.RegularExpressions;

namespace Samples.Tests;

public partial class DiagnosticsTests
{
    /// <summary>As <c>dotnet build</c> shows it: each file LORAnnnn.cs has a warning of its name, and there is none else.</summary>
    [Fact]
    public async Task The_sample_that_breaks_every_rule_shows_each_in_its_file()
    {
        var (exitCode, output) = await SampleProgram.Build("Diagnostics");
        var files = Directory.EnumerateFiles(SampleProgram.Folder("Diagnostics"), "LORA*.cs").Select(path => Path.GetFileNameWithoutExtension(path));
        var shown = Warning().Matches(output).Select(match => $"{match.Groups["file"].Value}: {match.Groups["id"].Value}").Distinct();

        Assert.True(exitCode == 0, output);
        Assert.Equal(files.Select(file => $"{file}: {file}").Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"(?<file>\w+)\.cs\([0-9,]+\): warning (?<id>\w+):")]
    private static partial Regex Warning();
}
