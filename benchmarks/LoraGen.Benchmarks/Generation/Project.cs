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

    private static readonly CSharpParseOptions WithoutInterceptors = new(LanguageVersion.Latest);
    private static readonly CSharpParseOptions WithInterceptors = WithoutInterceptors.WithFeatures([new("InterceptorsNamespaces", "LoraGen.Generated")]);
    private static readonly CSharpCompilationOptions Options = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    public static CSharpCompilation Create(int models) => Create(models, WithInterceptors);

    /// <summary>A project whose calls can't be intercepted.</summary>
    public static CSharpCompilation CreateWithoutInterceptors(int models) => Create(models, WithoutInterceptors);

    /// <summary>The last file, which has no model, with a changed number in a method's body.</summary>
    public static CSharpCompilation EditHelper(CSharpCompilation project, int edit) => Edit(project, Files - 1, Helper(Files - 1, edit));

    /// <summary>The first model, with a changed number in its forward.</summary>
    public static CSharpCompilation EditForward(CSharpCompilation project, int edit) => Edit(project, 0, Model(0, edit));

    public static GeneratorDriver Driver(CSharpCompilation project, IIncrementalGenerator generator, bool tracking = false)
    {
        return CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()],
            parseOptions: (CSharpParseOptions)project.SyntaxTrees[0].Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, tracking));
    }

    private static CSharpCompilation Create(int models, CSharpParseOptions options)
    {
        var files = Enumerable.Range(0, Files).Select(file => Parse(file < models ? Model(file, 0) : Helper(file, 0), file, options));
        return CSharpCompilation.Create("Project", files, TestReferences.With([typeof(LoraAttribute), typeof(torch)]), Options);
    }

    private static CSharpCompilation Edit(CSharpCompilation project, int file, string text)
    {
        var before = project.SyntaxTrees[file];
        return project.ReplaceSyntaxTree(before, Parse(text, file, (CSharpParseOptions)before.Options));
    }

    private static SyntaxTree Parse(string text, int file, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), options, $"File{file}.cs");

    private static string Model(int number, int constant)
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
                    return input + {{constant}};
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
