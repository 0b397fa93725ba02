using LoraGen.Benchmarks.Measuring;
using LoraGen.Generator;

namespace LoraGen.Benchmarks.Generation;

/// <summary>What a keystroke costs that has nothing to do with any model, beside the least that an attribute-driven generator can cost.</summary>
internal static class WarmEditBenchmark
{
    private const int WarmUp = 50;
    private const int Rounds = 201;

    public static IEnumerable<Row> Run() => new[] { 20, 100 }.SelectMany(Run);

    private static IEnumerable<Row> Run(int models)
    {
        var floor = new Editor(Project.Create(models), new FloorGenerator());
        var ours = new Editor(Project.Create(models), new LoraGenerator());
        for (var round = -WarmUp; round < Rounds; round++)
        {
            floor.Type(record: round >= 0);
            ours.Type(record: round >= 0);
        }

        yield return Row.Compare($"unrelated edit, {models} models", floor.Times, ours.Times, 3.5);
        yield return new Row(
            $"allocated by it, a model of {models}",
            Row.Text($"{floor.Kilobytes.Median / models:F1} KB"),
            Row.Text($"{ours.Kilobytes.Median / models:F1} KB"),
            string.Empty,
            "≤ 25 KB");
    }
}
