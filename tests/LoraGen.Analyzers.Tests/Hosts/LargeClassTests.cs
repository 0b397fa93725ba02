using Microsoft.CodeAnalysis.Diagnostics;

namespace LoraGen.Analyzers.Tests.Hosts;

/// <summary>
/// Classes as generators and exporters write them. The rules read each body once: what reads it again for each assignment or field takes minutes here.
/// </summary>
public sealed class LargeClassTests
{
    private const int Count = 3000;

    [Fact]
    public async Task Assignments_after_RegisterComponents()
    {
        var code = Model(
            Lines(i => $"private readonly Linear _fc{i};"),
            $"RegisterComponents();\n{Lines(i => $"_fc{i} = Linear(4, 4);")}");
        Assert.Equal(["LORA3002"], await Found(code));
    }

    [Fact]
    public async Task Modules_in_collections()
    {
        var code = Model(
            Lines(i => $"private readonly List<Linear> _list{i};"),
            Lines(i => $"var fc{i} = Linear(4, 4); _list{i} = new List<Linear> {{ fc{i} }};"));
        Assert.Equal(Enumerable.Repeat("LORA3003", Count), await Found(code));
    }

    [Fact]
    public async Task Methods_that_replace_modules()
    {
        var code = Model(
            Lines(i => $"private Linear _fc{i}; private void Replace{i}() => _fc{i} = Linear(4, 4);"),
            $"{Lines(i => $"_fc{i} = Linear(4, 4);")}\nRegisterComponents();");
        Assert.Equal(Enumerable.Repeat("LORA3005", Count), await Found(code));
    }

    private static async Task<IEnumerable<string>> Found(string code)
    {
        var compilation = GeneratedFiles.AddTo(LoraProject.Compile([new("Model.cs", code)]), out _);
        return (await compilation.WithAnalyzers([new ModuleAnalyzer()]).GetAnalyzerDiagnosticsAsync()).Select(diagnostic => diagnostic.Id);
    }

    private static string Lines(Func<int, string> line) => string.Join("\n", Enumerable.Range(0, Count).Select(line));

    private static string Model(string members, string constructor) =>
        $$"""
        public sealed class Model : Module<Tensor, Tensor>
        {
            {{members}}

            public Model() : base("Model")
            {
                {{constructor}}
            }

            public override Tensor forward(Tensor x) => x;
        }
        """;
}
