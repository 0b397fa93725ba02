namespace Package.Tests.Support;

/// <summary>LoraGen's packages as `dotnet pack` makes them, in a folder feed, under a version that no other feed or cache has.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Version { get; } = $"0.0.1-test.{Guid.NewGuid():N}";

    public string Path => _folder["feed"];

    public string LoraGen => Package("LoraGen");

    public Task InitializeAsync() => PackInto("feed");

    /// <summary>Packs the same once more, elsewhere.</summary>
    public async Task<string> PackAgain()
    {
        await PackInto("again");
        return System.IO.Path.Combine(_folder["again"], System.IO.Path.GetFileName(LoraGen));
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    private string Package(string id) => System.IO.Path.Combine(Path, $"{id}.{Version}.nupkg");

    private async Task PackInto(string folder)
    {
        foreach (var project in new[] { "LoraGen.Runtime", "LoraGen.Training" })
        {
            await Command.Dotnet(
                System.IO.Path.Combine(BuiltWith.RepositoryRoot, "runtime", project),
                "pack",
                "--no-build",
                $"--configuration={BuiltWith.Configuration}",
                $"--output={_folder[folder]}",
                $"-p:PackageVersion={Version}",
                $"-p:NuspecOutputPath={_folder["nuspec"]}");
        }
    }
}
