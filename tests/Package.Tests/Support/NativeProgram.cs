namespace Package.Tests.Support;

/// <summary>A program that calls TorchSharp, restored once and built with different properties.</summary>
public sealed class NativeProgram(PackageFeed feed) : IAsyncLifetime
{
    public const string LibraryName = "libLibTorchSharp.so";

    internal TemporaryFolder Folder { get; } = FreshFolder.For(feed);

    /// <summary>The library in the folder of the program that was built last.</summary>
    public byte[] Library => File.ReadAllBytes(Folder[$"program/bin/{LibraryName}"]);

    public Task InitializeAsync()
    {
        Folder.Write("program/Program.cs", "System.Console.WriteLine($\"sum {TorchSharp.torch.tensor(new[] { 20L, 22L }).sum().item<long>()}\");");
        Folder.Write(
            "program/program.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net8.0</TargetFramework>
                <RuntimeIdentifier>{BuiltWith.RuntimeIdentifier}</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <OutputPath>bin</OutputPath>
                <AppendTargetFrameworkToOutputPath>false</AppendTargetFrameworkToOutputPath>
                <AppendRuntimeIdentifierToOutputPath>false</AppendRuntimeIdentifierToOutputPath>
                <CreateSymbolicLinksForCopyLocalIfPossible>true</CreateSymbolicLinksForCopyLocalIfPossible>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="LoraGen" Version="{feed.Version}" />
                {BuiltWith.NativeTorchReference("Version")}
              </ItemGroup>
            </Project>
            """);
        return Command.Dotnet(Folder["program"], "restore");
    }

    /// <summary>Builds it as it is built for the first time, and gives what the build wrote.</summary>
    public Task<string> Build(params (string Name, string Value)[] properties)
    {
        foreach (var folder in new[] { "program/bin", "program/obj/Debug" })
        {
            if (Directory.Exists(Folder[folder]))
                Directory.Delete(Folder[folder], recursive: true);
        }

        return Command.Dotnet(Folder["program"], ["build", "--nologo", "--no-restore", .. properties.Select(property => $"-p:{property.Name}={property.Value}")]);
    }

    public Task DisposeAsync()
    {
        Folder.Dispose();
        return Task.CompletedTask;
    }
}
