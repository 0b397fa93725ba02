namespace Package.Tests.Support;

/// <summary>A folder as of somebody who has never heard of this repository and adds one feed to the usual ones.</summary>
internal static class FreshFolder
{
    /// <summary>
    /// LoraGen's packages are unpacked in here and vanish with the folder; what NuGet has downloaded before is read where it lies, so that a test
    /// downloads nothing twice.
    /// </summary>
    public static TemporaryFolder For(PackageFeed feed)
    {
        var folder = new TemporaryFolder();
        folder.Write(
            "nuget.config",
            $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{folder["packages"]}" />
              </config>
              <fallbackPackageFolders>
                <add key="downloaded before" value="{BuiltWith.PackageCache}" />
              </fallbackPackageFolders>
              <packageSources>
                <add key="LoraGen under test" value="{feed.Path}" />
              </packageSources>
            </configuration>
            """);
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            folder.Write(file, "<Project />"); // So that none is looked for further up.
        return folder;
    }
}
