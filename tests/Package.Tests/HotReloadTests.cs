using Package.Tests.Support;

namespace Package.Tests;

/// <summary>A method is edited while its program runs.</summary>
[Collection(FeedCollection.Name)]
public class HotReloadTests(PackageFeed feed)
{
    private const string Model = """
        using LoraGen;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        [Lora(Rank = 2)]
        public sealed class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(4, 4);

            public Net() : base("Net") => RegisterComponents();

            public override Tensor forward(Tensor x)
            {
                var factor = 1;
                return fc.forward(x) * factor;
            }
        }
        """;

    // The adapter adds scaling · B · A · x = 1 · 2 · (4 · 0.25) to each output.
    private const string Program = """
        using TorchSharp;

        using var net = new Net();
        using var lora = net.AttachLora();
        using var noGrad = torch.no_grad();
        var x = torch.ones(1, 4);
        lora.Fc.A.fill_(0.25);
        lora.Fc.B.fill_(1);
        while (true)
        {
            lora.IsActive = false;
            var without = net.call(x);
            lora.IsActive = true;
            var with = net.call(x);
            Console.WriteLine(FormattableString.Invariant($"{net.Factor(x):F2}: {(with - without).mean().item<float>():F2}"));
            Thread.Sleep(200);
        }
        """;

    [Fact]
    public async Task The_adapter_of_an_edited_method_acts()
    {
        using var folder = FreshFolder.For(feed);
        var model = Model.Replace("    public override", "    public double Factor(Tensor x) => 1;\n\n    public override");
        folder.Write("Watched/Net.cs", model);
        folder.Write("Watched/Program.cs", Program);
        folder.Write(
            "Watched/Watched.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
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
        using var program = new WatchedProgram(folder["Watched"]);

        Assert.Equal("2.00", await program.Line("1.00: "));

        // Only after the program's first line is the watch ready for edits.
        folder.Write("Watched/Net.cs", model.Replace("factor = 1", "factor = 3").Replace("=> 1;", "=> 3;"));
        Assert.Equal("6.00", await program.Line("3.00: "));
    }
}
