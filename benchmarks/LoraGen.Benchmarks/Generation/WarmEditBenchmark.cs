extern alias Generator;

using LoraGen.Benchmarks.Measuring;
using Generator::LoraGen.Generator;
using Microsoft.CodeAnalysis;

namespace LoraGen.Benchmarks.Generation;

/// <summary>
/// What a keystroke costs: in a file that has nothing to do with any model, beside the least that a generator can cost which finds its classes by attribute,
/// and which reads the types of their fields; and in a model's forward, beside a project whose calls can't be intercepted.
/// </summary>
internal static class WarmEditBenchmark
{
    public static IEnumerable<Comparison> All => [Unrelated(20), Unrelated(100), OfForward(100), Providers(20)];

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

    // A method has two providers: one for classes, one for the assembly's attributes.
    private static Comparison Providers(int models)
    {
        return new($"generator-providers-{models}", $"unrelated edit, {models} models, providers", models, () =>
        [
            Of("1 provider", new ManyProviders(1)),
            Of("10 providers", new ManyProviders(10)),
            Of("20 providers", new ManyProviders(20)),
            Of("40 providers", new ManyProviders(40)),
            Of("one provider for 20 attributes", new OneProvider(20)),
        ]);

        Variant Of(string name, IIncrementalGenerator generator)
        {
            var project = Project.Create(models);
            var found = Project.Driver(project, generator).RunGenerators(project).GetRunResult().GeneratedTrees.Length;
            return found == models
                ? new Editor(project, generator, Project.EditHelper).Variant(name)
                : throw new InvalidOperationException($"The generator with {name} finds {found} of {models} models.");
        }
    }
}
