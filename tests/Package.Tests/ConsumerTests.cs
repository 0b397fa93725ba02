using Package.Tests.Support;

namespace Package.Tests;

[Collection(FeedCollection.Name)]
public class ConsumerTests(PackageFeed feed)
{
    private const string Consumer = "tests/Package.Tests/Consumer";
    private const string ReadMe = "runtime/LoraGen.Runtime/README.md";

    /// <summary>The project references the package and sets nothing else but what older systems need: the language version is the target framework's own.</summary>
    [Fact]
    public async Task A_fresh_project_builds_without_warnings_and_trains_an_adapter()
    {
        using var folder = FreshFolder.For(feed);
        folder.CopyFromRepository(Consumer, SearchOption.TopDirectoryOnly, "*.cs");
        var output = await BuildAndRun(folder);

        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_in_the_packages_read_me_runs()
    {
        using var folder = FreshFolder.For(feed);
        var text = await File.ReadAllTextAsync(Path.Combine(BuiltWith.RepositoryRoot, ReadMe));
        folder.Write($"{Consumer}/Program.cs", text.Split("```csharp\n")[1].Split("```")[0]);
        var output = await BuildAndRun(folder);

        Assert.StartsWith("trainable params: 208 || all params: 660 || trainable%: 31.5152", output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder[$"{Consumer}/my-adapter/adapter_model.safetensors"]));
    }

    private async Task<string> BuildAndRun(TemporaryFolder folder)
    {
        folder.Write(
            $"{Consumer}/Consumer.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net8.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <LoraGenNativeCompat>auto</LoraGenNativeCompat>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="LoraGen" Version="{feed.Version}" />
                {BuiltWith.NativeTorchReference("Version")}
              </ItemGroup>
            </Project>
            """);

        var built = await Command.Dotnet(folder[Consumer], "build", "--nologo");
        var (exitCode, output) = await Command.Run(folder[Consumer], "dotnet", "bin/Debug/net8.0/Consumer.dll");

        Assert.Contains("0 Warning(s)", built, StringComparison.Ordinal);
        Assert.True(exitCode == 0, $"The program ended with {exitCode}:\n{output}");
        return output;
    }
}
