extern alias Generator;

using LoraGen.Benchmarks.Measuring;
using Generator::LoraGen.Generator;

namespace LoraGen.Benchmarks.Generation;

/// <summary>
/// What a keystroke costs that has nothing to do with any model, beside the least that a generator can cost which
/// finds its classes by attribute, and which reads the types of their fields.
/// </summary>
internal static class WarmEditBenchmark
{
    private const int WarmUp = 50;
    private const int Rounds = 201;

    public static IEnumerable<Row> Run() => new[] { 20, 100 }.SelectMany(Run);

    private static IEnumerable<Row> Run(int models)
    {
        var floor = new Editor(Project.Create(models), new AttributeFloor());
        var fields = new Editor(Project.Create(models), new FieldFloor());
        var ours = new Editor(Project.Create(models), new LoraGenerator());
        for (var round = -WarmUp; round < Rounds; round++)
        {
            foreach (var editor in new[] { floor, fields, ours })
                editor.Type(record: round >= 0);
        }

        yield return Row.Compare($"unrelated edit, {models} models, beside the attributes' floor", floor.Times, ours.Times, 3.5);
        yield return Row.Compare($"unrelated edit, {models} models, beside the fields' floor", fields.Times, ours.Times);
        yield return Allocated($"allocated, each of {models} models, beside the attributes' floor", floor, ours, models) with { Aim = "≤ 25 KB" };
        yield return Allocated($"allocated, each of {models} models, beside the fields' floor", fields, ours, models);
    }

    private static Row Allocated(string what, Editor reference, Editor measured, int models)
    {
        var (before, after) = (reference.Kilobytes.Median / models, measured.Kilobytes.Median / models);
        return new Row(what, Row.Text($"{before:F1} KB"), Row.Text($"{after:F1} KB"), Row.Text($"{after / before:F2}"), string.Empty);
    }
}
