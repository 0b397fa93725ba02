using LoraGen.Generator.Models;
using LoraGen.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace LoraGen.Analyzers.Tests.Values;

/// <summary>Sizes and counts that rules go by: what they know is so, and what the generator reads from the text agrees.</summary>
public sealed class LayerSizeTests
{
    [Theory]
    [InlineData("fc = Linear(64, 32);", "64 32")]
    [InlineData("fc = nn.Linear(64, 32, hasBias: false);", "64 32")]
    [InlineData("fc = torch.nn.Linear(outputSize: 32, inputSize: 64);", "64 32")]
    [InlineData("this.fc = TorchSharp.torch.nn.Linear(64, 32);", "64 32")]
    [InlineData("fc = Linear(Width, 4 * Width);", "48 192")]
    [InlineData("fc = Linear(Wide.Hidden, Wide.Hidden / 2 + 1);", "128 65")]
    [InlineData("fc = Linear(Heads * 8, (Heads - 1) << 2);", "96 44")]
    [InlineData("const int inner = 24; fc = Linear(inner, inner % 10);", "24 4")]
    [InlineData("var inner = 3 * Width; var outer = inner + 1; fc = Linear(inner, outer);", "144 145")]
    [InlineData("long inner = Width; fc = Linear(inner, (int)inner);", "48 48")]
    [InlineData("fc = Linear(_own, Given);", "20 21")]
    [InlineData("if (width > 1) fc = Linear(64, 32); else fc = Linear(64, 32);", "64 32")]
    [InlineData("fc = null!; fc = Linear(64, 32);", "64 32")]
    [InlineData("var made = Linear(64, 32); fc = made;", "64 32")]
    [InlineData("fc ??= Linear(64, 32);", "64 32")]
    [InlineData("fc = Linear(width, 32);", null)]
    [InlineData("if (width > 1) fc = Linear(64, 32); else fc = Linear(32, 32);", null)]
    [InlineData("fc = width > 1 ? Linear(64, 32) : Linear(64, 16);", null)]
    [InlineData("var inner = 64; inner += width; fc = Linear(inner, 32);", null)]
    [InlineData("var inner = 64; Change(ref inner); fc = Linear(inner, 32);", null)]
    [InlineData("fc = Create();", null)]
    [InlineData("(fc, _) = (Linear(64, 32), 0);", null)]
    [InlineData("fc = Linear(_changed, 32);", null)]
    [InlineData("fc = Linear(int.MaxValue * Two * Two, 32);", "8589934588 32")]
    [InlineData("for (var i = 1; i < 3; i++) fc = Linear(i, 32);", null)]
    [InlineData("fc = Linear(new Parameter(zeros(32, 64)));", null)]
    public void Of_a_field(string body, string? expected)
    {
        Assert.Equal(expected, Read("Linear fc = null!;", body).Size is { } size ? $"{size.Inputs} {size.Outputs}" : null);
    }

    [Theory]
    [InlineData("Embedding fc = null!;", "fc = Embedding(100, Width, padding_idx: 3);", "Embedding(100, 48): 100 48 1 1")]
    [InlineData("Conv1d fc = null!;", "fc = Conv1d(8, 16, 5, stride: 2);", "Conv1d(8, 16, 5): 8 16 5 1")]
    [InlineData("Conv2d fc = null!;", "fc = nn.Conv2d(8, 16, 3, Padding.Same);", "Conv2d(8, 16, 3×3): 8 16 9 1")]
    [InlineData("Conv2d fc = null!;", "fc = Conv2d(8, 16, (3, 2), groups: 1 << 2);", "Conv2d(8, 16, 3×2, groups: 4): 8 16 6 4")]
    [InlineData("Conv3d fc = null!;", "fc = Conv3d(in_channels: 8, kernel_size: (1, 3, Heads / 6), out_channels: 16);", "Conv3d(8, 16, 1×3×2): 8 16 6 1")]
    [InlineData("Conv2d fc = null!;", "var kernel = 3; fc = Conv2d(8, 16, kernel);", "Conv2d(8, 16, 3×3): 8 16 9 1")]
    [InlineData("Conv2d fc = null!;", "fc = Conv2d(8, 16, width);", null)]
    [InlineData("Conv2d fc = null!;", "fc = Conv2d(8, 16, (3, width));", null)]
    [InlineData("Conv2d fc = null!;", "(long, long) kernel = (3, 3); fc = Conv2d(8, 16, kernel);", null)]
    [InlineData("Conv2d fc = null!;", "fc = Conv2d(8, 16, 3, groups: width);", null)]
    [InlineData("Conv2d fc = null!;", "fc = Conv2d(8, 16, 3, groups: 3);", null)]
    public void Of_a_layer_of_another_kind(string field, string body, string? expected)
    {
        var size = Read(field, body).Size;
        Assert.Equal(expected, size is null ? null : $"{size.Name}: {size.Inputs} {size.Outputs} {size.Kernel} {size.Groups}");
    }

    [Theory]
    [InlineData("fc = new ModuleList<Linear>(Linear(8, 4), Linear(8, 4));", "8 4", 2)]
    [InlineData("fc = ModuleList<Linear>(Linear(8, 4));", "8 4", 1)]
    [InlineData("fc = new(Linear(8, 4), Linear(4, 4));", null, 2)]
    [InlineData("fc = new ModuleList<Linear>(); for (var i = 0; i < 12; i++) fc.Add(Linear(8, 4));", "8 4", 12)]
    [InlineData("fc = new ModuleList<Linear>(); for (int i = 1; i <= Width; ++i) { fc.append(Linear(8, 4)); }", "8 4", 48)]
    [InlineData("fc = new ModuleList<Linear>(Enumerable.Range(0, 6).Select(_ => Linear(8, 4)).ToArray());", "8 4", 6)]
    [InlineData("fc = new ModuleList<Linear>([.. Enumerable.Range(0, Heads).Select(i => Linear(8, 4)), Linear(8, 4)]);", "8 4", 13)]
    [InlineData("var all = new Linear[5]; for (var i = 0; i < 5; i++) all[i] = Linear(8, 4); fc = new ModuleList<Linear>(all);", "8 4", 5)]
    [InlineData("var all = new List<Linear>(); for (var i = 0; i < 5; i++) all.Add(Linear(8, 4)); fc = new ModuleList<Linear>(all.ToArray());", "8 4", 5)]
    [InlineData("fc = new ModuleList<Linear>(); for (var i = 0; i < 2; i++) for (var j = 0; j < 3; j++) fc.Add(Linear(8, 4));", "8 4", 6)]
    [InlineData("fc = new ModuleList<Linear>(); for (var i = 0; i < width; i++) fc.Add(Linear(8, 4));", "8 4", null)]
    [InlineData("fc = new ModuleList<Linear>(); for (var i = 0; i < 9; i++) { if (i == width) break; fc.Add(Linear(8, 4)); }", "8 4", null)]
    [InlineData("fc = new ModuleList<Linear>(); for (var i = 0; i < 9; i++) if (i > width) fc.Add(Linear(8, 4));", "8 4", null)]
    [InlineData("fc = new ModuleList<Linear>(); foreach (var n in new[] { 1, 2 }) fc.Add(Linear(8, n));", null, null)]
    [InlineData("fc = new ModuleList<Linear>(); fc.extend(Enumerable.Range(0, 3).Select(_ => Linear(8, 4)));", null, null)]
    [InlineData("fc = Many();", null, null)]
    public void Of_a_list(string body, string? expected, int? count)
    {
        var (size, found) = Read("ModuleList<Linear> fc = null!;", body);
        Assert.Equal(expected, size is null ? null : $"{size.Inputs} {size.Outputs}");
        Assert.Equal(count, found);
    }

    private static (LayerSize? Size, long? Count) Read(string field, string body)
    {
        var compilation = LoraProject.Compile([new("Model.cs", $$"""
            [Lora(Rank = 2)]
            public class Model : Module<Tensor, Tensor>
            {
                private const int Width = 48;
                private static readonly int Heads = 12;
                private static long Two { get; } = 2;
                private readonly int _own = 20;
                private int _changed = 20;
                private int Given { get; }
                private {{field}}

                public Model(int width) : base("Model")
                {
                    Given = 21;
                    {{body}}
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) => x;

                private static Linear Create() => Linear(1, 2);

                private static ModuleList<Linear> Many() => new();

                private void Change(ref int size) => size = _changed++;
            }

            public static class Wide
            {
                public const long Hidden = 1 << 7;
            }
            """)]);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var model = compilation.GetTypeByMetadataName("Model")!;
        var member = ModelTree.Of(model, MethodFacts.All[0], compilation, CancellationToken.None).Members.Single();
        var contents = new MemberContents(new AssignedValues(compilation, CancellationToken.None), compilation.Assembly);
        var size = contents.SizeOf(member) is { } facts
            ? new LayerSize(facts.Name, facts.Inputs, facts.Outputs, facts.Kernel.Aggregate(1L, (product, length) => product * length), facts.Groups)
            : null;
        AssertAgrees(size, model, compilation);
        return (size, contents.CountOf(member));
    }

    // Where the generator's text is a number it is the same number.
    private static void AssertAgrees(LayerSize? size, INamedTypeSymbol model, Compilation compilation)
    {
        var root = LayerReader.Read(RootReader.Read(MethodFacts.All[0], model, [], compilation, CancellationToken.None));
        var made = root.Modules[0].Members.Single().Made;
        if (size is not null && long.TryParse(made?.Inputs, out var inputs))
            Assert.Equal(inputs, size.Inputs);
        if (size is not null && long.TryParse(made?.Outputs, out var outputs))
            Assert.Equal(outputs, size.Outputs);
    }

    private sealed record LayerSize(string Name, long Inputs, long Outputs, long Kernel, long Groups);
}
