using LoraGen.Generator.Counting;
using LoraGen.Generator.Models;

namespace LoraGen.Generator.Emitting;

/// <summary>The methods that count before there is a model: one for each constructor that is mirrored.</summary>
internal static class CountWriter
{
    public static void Methods(IndentedWriter writer, AdapterModel adapter, ConstantCounts constants)
    {
        foreach (var constructor in Constructors(adapter))
        {
            writer.Line();
            writer.Line("/// <summary>");
            writer.Line($"/// Counts what the adapter trains of a {Code.Doc(adapter.ModelName)} made so, of how many parameters in all. No weight is made.");
            writer.Line("/// </summary>");
            if (constants.Of(constructor) is { } count)
                ConstantCountWriter.Table(writer, count);
            foreach (var parameter in constructor.Parameters)
                writer.Line($"/// <param name=\"{parameter.Name.TrimStart('@')}\">As of the model's constructor.</param>");
            writer.Line("/// <exception cref=\"global::System.ArgumentException\">An option of the attribute, or a size, is out of its range.</exception>");
            writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">A target meets no layer: attaching would throw.</exception>");
            var accessibility = adapter.IsPublic && constructor.IsPublic ? "public" : "internal";
            var parameters = string.Join(", ", constructor.Parameters.Select(parameter => parameter.Declaration));
            writer.Line($"{accessibility} static global::LoraGen.ParameterCount Count({parameters})");
            var function = Function(adapter, constructor.Function);
            var arguments = function.Parameters
                .Zip(constructor.Parameters, (inner, outer) => (inner, outer))
                .Where(pair => pair.inner.IsUsed)
                .Select(pair => pair.outer.Name);
            var shapes = ShapesWriter.ClassName(adapter);
            writer.Line($"    => {shapes}.Count({shapes}.{function.Name}({string.Join(", ", arguments.Prepend(ShapesWriter.Empty(function)))}));");
        }
    }

    /// <summary>Why there is none for a constructor.</summary>
    public static IReadOnlyCollection<string> Unknown(AdapterModel adapter) => adapter.Count?.Unknown ?? [];

    private static IEnumerable<CountedConstructor> Constructors(AdapterModel adapter) => adapter.Count?.Constructors ?? [];

    private static ShapeFunction Function(AdapterModel adapter, string name) => adapter.Count!.Functions.First(function => function.Name == name);
}
