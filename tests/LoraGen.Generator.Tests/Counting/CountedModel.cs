using System.Reflection;
using LoraGen.Testing;
using TorchSharp;

namespace LoraGen.Generator.Tests.Counting;

/// <summary>A model class called Model, with its adapter and, beside it, whatever the source has.</summary>
internal static class CountedModel
{
    private const BindingFlags Members = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>A class with that constructor, and what it needs.</summary>
    public static string WithConstructor(string parameters, string body, string members = "") => $$"""
        [Lora(Rank = 2)]
        internal sealed class Model : Module<Tensor, Tensor>
        {
            private readonly Linear first = Linear(3, 3);
            private Linear? second;
            private Module<Tensor, Tensor>? third;
            private readonly ModuleList<Block> blocks = new();
            private readonly Config config;
            private long size;
            {{members}}

            public Model({{parameters}}) : base("Model")
            {
                {{body}}
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => throw new NotSupportedException($"{config}{size}{second}{third}{first}{blocks}");
        }

        internal sealed class Block : Module<Tensor, Tensor>
        {
            private readonly Linear fc;
            private readonly LayerNorm norm;
            private readonly Parameter scale;

            public Block(long width, double factor = 1.5, Device? device = null) : base("Block")
            {
                fc = Linear(width, (long)(width * factor), device: device);
                norm = LayerNorm(width);
                scale = Parameter(torch.zeros(width, 2));
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.forward(x) * scale + norm.forward(x);
        }

        internal sealed class Config
        {
            public const int Fixed = 6;
            public static readonly long Shared = 7;
            public int Width { get; set; } = 4;
            public int Layers { get; set; } = 3;
            public int? Inner { get; set; }
            public bool IsDeep { get; set; } = true;
            public int[] Sizes { get; set; } = [2, 5];
            public string Kind { get; set; } = "wide";
            public Config? Nested { get; set; }
            public Form Form { get; set; } = Form.Deep;
            public Size Scale { get; set; } = Size.Large;
            public IReadOnlyList<int> Widths { get; set; } = [4, 5, 6];
            public List<int> Depths { get; set; } = [1, 2];
            public int HeadWidth => Width / 2;
            public int Double() => 2 * Width;
            public enum Size { Small, Large }
        }

        internal enum Form { Narrow, Wide, Deep }
        """;

    // A form leaves some of the fields alone.
    public static GeneratorOutcome Generate(string source) => Lora.Project.Allowing("CS0649", "CS0414", "CS0169").Files(source).Run();

    /// <summary>The count of each constructor is that of the adapter of the model that it makes, from defaults and default configurations.</summary>
    public static void Agrees(string source)
    {
        var outcome = Generate(source);
        Assert.Equal("", Refusals(outcome));
        using var code = outcome.Load();
        var adapter = code.Type("ModelLora");
        var counts = adapter.GetMethods(Members).Where(method => method is { Name: "Count", IsStatic: true }).ToArray();
        Assert.NotEmpty(counts);
        foreach (var count in counts)
        {
            object?[] arguments = [.. count.GetParameters().Select(parameter =>
                parameter.HasDefaultValue ? parameter.DefaultValue : Activator.CreateInstance(parameter.ParameterType))];
            var constructor = code.Type("Model").GetConstructor(Members & ~BindingFlags.Static, [.. count.GetParameters().Select(parameter => parameter.ParameterType)])!;
            using var model = (torch.nn.Module)constructor.Invoke(arguments);
            using var lora = (Adapter)adapter.GetConstructors(Members).Single().Invoke([model, "default", null]);
            var told = (ParameterCount)count.Invoke(null, arguments)!;
            Assert.Equal(lora.ParameterCount, told);
            Assert.Equal(lora.ParameterCount.Sites, told.Sites);
            if (adapter.GetField("TrainableParameterCount") is not null)
                Assert.Equal((told.Trainable, told.Total), (Constant(adapter, "TrainableParameterCount"), Constant(adapter, "TotalParameterCount")));
        }
    }

    /// <summary>The same, and the counts are constants.</summary>
    public static void AgreesByConstants(string source)
    {
        Assert.Contains("public const long TrainableParameterCount = ", Generate(source)["Model.Lora.g.cs"]);
        Agrees(source);
    }

    /// <summary>The same, but no constant is told.</summary>
    public static void AgreesWithoutConstants(string source)
    {
        Assert.DoesNotContain("const long", Generate(source)["Model.Lora.g.cs"]);
        Agrees(source);
    }

    private static object? Constant(Type adapter, string name) => adapter.GetField(name)!.GetRawConstantValue();

    /// <summary>There is no count; the file says why, and so does a rule.</summary>
    public static void IsUncounted(string source, string why)
    {
        var outcome = Generate(source);
        Assert.Equal(why, Refusals(outcome));
        var text = outcome["Model.Lora.g.cs"];
        Assert.DoesNotContain("ParameterCount Count(", text);
        Assert.Contains("/// <para>No Count before there is a model: ", text);
        Analysis.EnsureUncountedIsTold(outcome);
    }

    private static string Refusals(GeneratorOutcome outcome)
    {
        var lines = outcome["Model.Lora.g.cs"].Split('\n');
        var title = Array.IndexOf(lines, "// Not counted before there is a model:");
        return title < 0 ? "" : string.Join('\n', lines.Skip(title + 1).TakeWhile(line => line.StartsWith("//   ", StringComparison.Ordinal)).Select(line => line[5..]));
    }
}
