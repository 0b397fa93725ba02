extern alias Generator;

using System.Collections.Immutable;
using LoraGen.Benchmarks.Measuring;
using Generator::LoraGen.Generator;
using Generator::LoraGen.Generator.Emitting;
using Generator::LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoraGen.Benchmarks.Generation;

/// <summary>The first run on a project, with everything to be read and written, and what the writing of the classes has of it.</summary>
internal static class ColdRunBenchmark
{
    private const int Models = 20;

    public static IEnumerable<Comparison> All =>
    [
        new("generator-first", $"first run, {Models} models", Models, () =>
        [
            FirstRun("attributes' floor", new AttributeFloor()),
            FirstRun("LoraGen", new LoraGenerator()),
        ]),
        new("generator-write", $"write {Models} adapters' files", Models, () => [Write("LoraGen", Project.Create(Models))]),
    ];

    private static Variant FirstRun(string name, IIncrementalGenerator generator)
    {
        CSharpCompilation? project = null;
        GeneratorDriver? driver = null;
        return new(name, () => driver!.RunGenerators(project!), Before: () =>
        {
            project = Project.Create(Models);
            driver = Project.Driver(project, generator);
        });
    }

    private static Variant Write(string name, CSharpCompilation project)
    {
        var adapters = Adapters(project);
        return new(name, () =>
        {
            foreach (var adapter in adapters)
                AdapterFile.Write(adapter);
        });
    }

    private static ImmutableArray<AdapterModel> Adapters(CSharpCompilation project)
    {
        var run = Project.Driver(project, new LoraGenerator(), tracking: true).RunGenerators(project).GetRunResult().Results.Single();
        return [.. run.TrackedSteps[StepNames.DistinctAdapters].SelectMany(step => step.Outputs).Select(output => (AdapterModel)output.Value)];
    }
}
