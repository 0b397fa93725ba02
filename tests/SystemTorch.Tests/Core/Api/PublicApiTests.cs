using System.Reflection;
using TorchSharp;
using Xunit.Abstractions;

namespace SystemTorch.Tests.Core.Api;

public sealed class PublicApiTests(ITestOutputHelper output)
{
    /// <summary>Whatever SystemTorch shows must stand in TorchSharp, to the letter: code written against the one must compile against the other.</summary>
    [Fact]
    public void Every_public_member_is_TorchSharps()
    {
        var root = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
        var list = Path.GetFullPath(Path.Combine(root, "..", "shared", "torchsharp-public-api.txt"));
        if (!File.Exists(list))
        {
            output.WriteLine("Not checked: the list of TorchSharp's public API (../shared/torchsharp-public-api.txt beside the repository) is not there.");
            return;
        }

        var known = File.ReadLines(list).ToHashSet(StringComparer.Ordinal);
        var ours = ApiTypes.Of(typeof(torch).Assembly).Order(StringComparer.Ordinal).ToArray();
        var strangers = ours.Where(line => !known.Contains(line)).ToArray();
        output.WriteLine($"{ours.Length} public members, {known.Count} in TorchSharp.");
        Assert.True(strangers.Length == 0, $"{strangers.Length} members that TorchSharp does not have:\n{string.Join('\n', strangers)}");
    }
}
