using System.Text.RegularExpressions;
using Package.Tests.Support;

namespace Package.Tests;

/// <summary>The package's rules in a fresh project that only references the package.</summary>
[Collection(FeedCollection.Name)]
public partial class AnalyzerTests(PackageFeed feed)
{
    [Fact]
    public async Task A_wrong_rank_fails_the_build()
    {
        var (exitCode, output) = await Build(properties: "", Model("[Lora(Rank = 0)]", register: true));

        Assert.NotEqual(0, exitCode);
        Assert.Equal(["error LORA1001"], Found(output));
    }

    [Fact]
    public async Task Likely_mistakes_are_warnings()
    {
        var (exitCode, output) = await Build(properties: "", Model("[Lora]", register: false));

        Assert.True(exitCode == 0, output);
        Assert.Equal(["warning LORA3001"], Found(output));
    }

    [Fact]
    public async Task The_strict_preset_makes_it_an_error()
    {
        var (exitCode, output) = await Build("<LoraGenRules>strict</LoraGenRules>", Model("[Lora]", register: false));

        Assert.NotEqual(0, exitCode);
        Assert.Contains("error LORA3001", Found(output));
    }

    [Fact]
    public async Task The_preset_off_silences_everything()
    {
        var (exitCode, output) = await Build("<LoraGenRules>off</LoraGenRules>", Model("[Lora(Rank = 0)]", register: false));

        Assert.True(exitCode == 0, output);
        Assert.Empty(Found(output));
    }

    [Fact]
    public async Task An_unknown_preset_fails_the_build()
    {
        var (exitCode, output) = await Build("<LoraGenRules>harsh</LoraGenRules>", Model("[Lora]", register: true));

        Assert.NotEqual(0, exitCode);
        Assert.Contains("LoraGenRules is 'harsh'; it can be recommended, strict or off", output, StringComparison.Ordinal);
    }

    /// <summary>The model reaches its layer in some other way, so that the generated adapter alone reads the field; nobody reads the other class's.</summary>
    [Fact]
    public async Task A_layer_that_the_adapter_reads_is_not_called_unused()
    {
        const string Strict = "<EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild><LoraGenRules>off</LoraGenRules>";
        var code = Model("[Lora]", register: true).Replace("fc1.forward(x)", "x", StringComparison.Ordinal) + """

            public sealed class Other
            {
                private readonly Linear fc2 = Linear(4, 4);
            }
            """;
        var (exitCode, output) = await Build(Strict, code, "dotnet_diagnostic.IDE0052.severity = warning\ndotnet_diagnostic.CA1823.severity = warning\n");

        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("'Model.fc1'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("field 'fc1'", output, StringComparison.Ordinal);
        Assert.Matches("warning IDE0052: .*'Other.fc2'", output);
        Assert.Matches("warning CA1823: .*'fc2'", output);
    }

    private static string Model(string attribute, bool register) => $$"""
        using LoraGen;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        {{attribute}}
        public sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear fc1 = Linear(64, 64);

            public Model()
                : base("Model")
            {
                {{(register ? "RegisterComponents();" : "")}}
            }

            public override Tensor forward(Tensor x) => fc1.forward(x);
        }
        """;

    private async Task<(int ExitCode, string Output)> Build(string properties, string code, string config = "")
    {
        using var folder = FreshFolder.For(feed);
        folder.Write("Library/Model.cs", code);
        folder.Write("Library/.editorconfig", $"root = true\n[*.cs]\n{config}");
        folder.Write(
            "Library/Library.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net8.0</TargetFramework>
                <Nullable>enable</Nullable>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="LoraGen" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        var (exitCode, output) = await Command.Run(folder["Library"], "dotnet", "build", "--nologo");

        // An analyzer that can't be loaded, or that throws, is a warning.
        Assert.DoesNotMatch("CS80[0-9]{2}|AD0001", output);
        return (exitCode, output);
    }

    private static IEnumerable<string> Found(string output) => Rule().Matches(output).Select(match => match.Value).Distinct();

    [GeneratedRegex("(error|warning) LORA[0-9]{4}")]
    private static partial Regex Rule();
}
