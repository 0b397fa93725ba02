using System.Text;
using LoraGen.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TorchSharp;

namespace LoraGen.Benchmarks.Generation;

/// <summary>A project of 500 files as an IDE holds it: so many with a model of twelve layers, the others without.</summary>
internal static class Project
{
    private const int Files = 500;
    private const int LayersOfModel = 12;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);
    private static readonly CSharpCompilationOptions Options = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    public static CSharpCompilation Create(int models)
    {
        var texts = Enumerable.Range(0, Files).Select(file => file < models ? Model(file) : Helper(file, 0));
        return CSharpCompilation.Create("Project", texts.Select(Parse), TestReferences.With([typeof(LoraAttribute), typeof(torch)]), Options);
    }

    /// <summary>The last file, which has no model, with a changed number in a method's body.</summary>
    public static CSharpCompilation Edit(CSharpCompilation project, int edit)
    {
        return project.ReplaceSyntaxTree(project.SyntaxTrees[^1], Parse(Helper(Files - 1, edit)));
    }

    public static GeneratorDriver Driver(IIncrementalGenerator generator, bool tracking = false)
    {
        return CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()],
            parseOptions: ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, tracking));
    }

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), ParseOptions);

    private static string Model(int number)
    {
        var layers = Enumerable.Range(0, LayersOfModel).Select(layer => $"layer{layer}").ToArray();
        return $$"""
            using LoraGen;
            using TorchSharp.Modules;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            namespace Project.Models;

            [Lora(Rank = 8, Alpha = 16)]
            public sealed class Model{{number}} : Module<Tensor, Tensor>
            {
            {{Lines(layers.Select(layer => $"    private readonly Linear {layer};"))}}

                public Model{{number}}(int width) : base("Model{{number}}")
                {
            {{Lines(layers.Select(layer => $"        {layer} = Linear(width, width);"))}}
                    RegisterComponents();
                }

                public override Tensor forward(Tensor input)
                {
            {{Lines(layers.Select(layer => $"        input = {layer}.forward(input);"))}}
                    return input;
                }
            }
            """;
    }

    private static string Helper(int number, int constant)
    {
        return $$"""
            using System;

            namespace Project.Helpers;

            [Serializable]
            public sealed class Helper{{number}}
            {
                private readonly int offset = {{number}};

                public int Sum(int[] values)
                {
                    var sum = offset + {{constant}};
                    foreach (var value in values)
                        sum += Math.Max(value, 0);
                    return sum;
                }
            }
            """;
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}
