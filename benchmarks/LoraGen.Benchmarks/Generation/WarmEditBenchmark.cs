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
    public static IEnumerable<Comparison> All => [Of(20), Of(100)];

    private static Comparison Of(int models)
    {
        return new($"generator-edit-{models}", $"unrelated edit, {models} models", models, () =>
        [
            new Editor(Project.Create(models), new AttributeFloor()).Variant("attributes' floor"),
            new Editor(Project.Create(models), new LoraGenerator()).Variant("LoraGen"),
            new Editor(Project.Create(models), new FieldFloor()).Variant("fields' floor"),
        ]);
    }
}
