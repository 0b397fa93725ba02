using System.IO.Compression;
using System.Xml.Linq;
using Package.Tests.Support;

namespace Package.Tests;

[Collection(FeedCollection.Name)]
public class ContentTests(PackageFeed feed)
{
    [Fact]
    public void LoraGen_holds_the_runtime_the_generator_the_analyzers_and_the_props()
    {
        string[] expected =
        [
            "LICENSE",
            "README.md",
            "analyzers/dotnet/cs/LoraGen.Analyzers.dll",
            "analyzers/dotnet/cs/LoraGen.CodeFixes.dll",
            "analyzers/dotnet/cs/LoraGen.Generator.dll",
            "buildTransitive/LoraGen.props",
            "buildTransitive/LoraGen.targets",
            "buildTransitive/WeakenVersionNeed.cs",
            "buildTransitive/config/LoraGen.off.globalconfig",
            "buildTransitive/config/LoraGen.recommended.globalconfig",
            "buildTransitive/config/LoraGen.strict.globalconfig",
            "lib/net8.0/LoraGen.Runtime.dll",
            "lib/net8.0/LoraGen.Runtime.xml",
        ];

        Assert.Equal(expected, Content(feed.LoraGen));
    }

    [Fact]
    public void LoraGen_depends_on_its_torch_and_on_nothing_else()
    {
        using var archive = ZipFile.OpenRead(feed.LoraGen);
        using var stream = archive.GetEntry("LoraGen.nuspec")!.Open();
        var nuspec = XDocument.Load(stream);

        var dependency = Assert.Single(nuspec.Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Equal("TorchSharp", dependency.Attribute("id")!.Value);
        Assert.DoesNotContain(nuspec.Descendants(), element => element.Name.LocalName == "developmentDependency");
    }

    [Fact]
    public async Task Packing_again_gives_the_same_bytes()
    {
        var again = await feed.PackAgain();

        Assert.Equal(await File.ReadAllBytesAsync(feed.LoraGen), await File.ReadAllBytesAsync(again));
    }

#if !DEBUG // A debug build keeps the paths, for the debugger.
    [Fact]
    public void No_folder_of_this_machine_is_named()
    {
        var root = System.Text.Encoding.UTF8.GetBytes(BuiltWith.RepositoryRoot);
        using var archive = ZipFile.OpenRead(feed.LoraGen);

        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Assert.False(bytes.ToArray().AsSpan().IndexOf(root) >= 0, $"{entry.FullName} names {BuiltWith.RepositoryRoot}");
        }
    }
#endif

    /// <summary>What is in a package besides its own bookkeeping.</summary>
    private static IEnumerable<string> Content(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return archive.Entries
            .Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal)
                && !name.StartsWith("package/", StringComparison.Ordinal)
                && !name.EndsWith(".nuspec", StringComparison.Ordinal)
                && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal)
            .ToList();
    }
}
