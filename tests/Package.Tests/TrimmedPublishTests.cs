using System.Text.RegularExpressions;
using Package.Tests.Support;

namespace Package.Tests;

[Collection(FeedCollection.Name)]
public partial class TrimmedPublishTests(PackageFeed feed)
{
    private const string QuickStart = "samples/QuickStart";

    /// <summary>
    /// The sample's own project and sources: only the names in eng/*.props are packages here. The program checks itself, among others that trimming
    /// took none of the fields by which TorchSharp and the generated code find the layers.
    /// </summary>
    [Fact]
    public async Task The_quick_start_is_published_trimmed_and_runs()
    {
        using var folder = FreshFolder.For(feed);
        CopyWhatTheQuickStartIsMadeOfAndReads(folder);
        folder.Write("eng/Torch.props", Reference(BuiltWith.NativeTorchReference("VersionOverride")));
        folder.Write("eng/LoraGen.props", Reference($"<PackageReference Include=\"LoraGen\" VersionOverride=\"{feed.Version}\" />"));

        var published = await Command.Dotnet(
            folder[QuickStart],
            "publish",
            "--nologo",
            "--self-contained",
            $"--runtime={BuiltWith.RuntimeIdentifier}",
            $"--output={folder["published"]}",
            "-p:PublishTrimmed=true",
            "-p:ILLinkTreatWarningsAsErrors=false");
        var (exitCode, output) = await Command.Run(folder["published"], folder["published/QuickStart"]);

        Assert.Empty(TrimWarnings(published));
        Assert.True(exitCode == 0, $"The published program ended with {exitCode}:\n{output}");
    }

    /// <summary>The trimmer sums up the warnings in other people's assemblies in one for each (IL2104); any other is about code of ours.</summary>
    private static IEnumerable<string> TrimWarnings(string output)
    {
        return output.Split('\n').Where(line => TrimWarning().IsMatch(line) && !InForeignAssembly().IsMatch(line));
    }

    private static string Reference(string item) => $"<Project><ItemGroup>{item}</ItemGroup></Project>";

    private static void CopyWhatTheQuickStartIsMadeOfAndReads(TemporaryFolder folder)
    {
        folder.CopyFromRepository(".", SearchOption.TopDirectoryOnly, "*.props", "*.sln", "*.md");
        folder.CopyFromRepository("docs", SearchOption.AllDirectories, "*.md");
        folder.CopyFromRepository("samples", SearchOption.AllDirectories, "*.props", "*.csproj", "*.cs");
        folder.CopyFromRepository("generator", SearchOption.AllDirectories, "*.cs");
        folder.CopyFromRepository("runtime/LoraGen.Runtime", SearchOption.AllDirectories, "*.cs");
    }

    [GeneratedRegex(@"warning IL\d{4}")]
    private static partial Regex TrimWarning();

    [GeneratedRegex("warning IL2104: Assembly '(?!LoraGen|QuickStart)")]
    private static partial Regex InForeignAssembly();
}
