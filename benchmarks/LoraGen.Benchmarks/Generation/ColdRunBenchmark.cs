extern alias Generator;

using System.Collections.Immutable;
using LoraGen.Benchmarks.Measuring;
using Generator::LoraGen.Generator;
using Generator::LoraGen.Generator.Emitting;
using Generator::LoraGen.Generator.Models;
using Microsoft.CodeAnalysis;

namespace LoraGen.Benchmarks.Generation;

/// <summary>The first run on a project, with everything to be read and written, and what the writing of one class has of it.</summary>
internal static class ColdRunBenchmark
{
    private const int Models = 20;
    private const int WarmUp = 5;
    private const int Rounds = 31;

    public static IEnumerable<Row> Run()
    {
        var floor = new List<double>();
        var ours = new List<double>();
        for (var round = -WarmUp; round < Rounds; round++)
        {
            var floorTime = Time(new AttributeFloor());
            var ourTime = Time(new LoraGenerator());
            if (round >= 0)
            {
                floor.Add(floorTime);
                ours.Add(ourTime);
            }
        }

        yield return Row.Compare($"first run, {Models} models", new Series(floor), new Series(ours));
        yield return Emit("write one adapter's file", "≤ 20 µs", Project.Create(Models));
        yield return Emit("the same of constant sizes, counted in the compiler", string.Empty, Project.OfConstants(Models));
    }

    private static double Time(IIncrementalGenerator generator)
    {
        var project = Project.Create(Models);
        var driver = Project.Driver(generator);
        return Stopwatches.Time(() => driver.RunGenerators(project));
    }

    private static Row Emit(string what, string aim, Compilation project)
    {
        var adapters = Adapters(project);
        var bytes = new Series([.. adapters.Select(adapter => AdapterFile.Write(adapter).Length / 1024.0)]);
        var times = Stopwatches.Interleave(WarmUp, Rounds * 10, () =>
        {
            foreach (var adapter in adapters)
                AdapterFile.Write(adapter);
        });
        return new Row(
            Row.Text($"{what} ({bytes.Median:F1} KB)"),
            string.Empty,
            Row.Time(times[0].Median / adapters.Length),
            string.Empty,
            aim);
    }

    private static ImmutableArray<AdapterModel> Adapters(Compilation project)
    {
        var run = Project.Driver(new LoraGenerator(), tracking: true).RunGenerators(project).GetRunResult().Results.Single();
        return [.. run.TrackedSteps[StepNames.DistinctAdapters].SelectMany(step => step.Outputs).Select(output => (AdapterModel)output.Value)];
    }
}
