extern alias Generator;

using LoraGen.Benchmarks.Measuring;
using Generator::LoraGen.Generator;

namespace LoraGen.Benchmarks.Generation;

/// <summary>
/// What a keystroke costs: in a file that has nothing to do with any model, beside the least that a generator can cost which finds its classes by attribute,
/// and which reads the types of their fields; and in a model's forward, beside a project whose calls can't be intercepted.
/// </summary>
internal static class WarmEditBenchmark
{
    public static IEnumerable<Comparison> All => [Unrelated(20), Unrelated(100), OfForward(100)];

    private static Comparison Unrelated(int models)
    {
        return new($"generator-edit-{models}", $"unrelated edit, {models} models", models, () =>
        [
            new Editor(Project.Create(models), new AttributeFloor(), Project.EditHelper).Variant("attributes' floor"),
            new Editor(Project.CreateWithoutInterceptors(models), new LoraGenerator(), Project.EditHelper).Variant("LoraGen, without interceptors"),
            new Editor(Project.Create(models), new LoraGenerator(), Project.EditHelper).Variant("LoraGen"),
            new Editor(Project.Create(models), new FieldFloor(), Project.EditHelper).Variant("fields' floor"),
        ]);
    }

    private static Comparison OfForward(int models)
    {
        return new($"generator-forward-{models}", $"edit of a forward, {models} models", models, () =>
        [
            new Editor(Project.CreateWithoutInterceptors(models), new LoraGenerator(), Project.EditForward).Variant("LoraGen, without interceptors"),
            new Editor(Project.Create(models), new LoraGenerator(), Project.EditForward).Variant("LoraGen"),
        ]);
    }
}
