using System.Globalization;
using LoraGen.Generator.Evaluating;

namespace LoraGen.Generator.Emitting;

/// <summary>A count that is known: as constants and as the documentation's table.</summary>
internal static class ConstantCountWriter
{
    public static void Constants(IndentedWriter writer, ConstantCount count)
    {
        writer.Line();
        writer.Line("/// <summary>How many parameters the adapter trains.</summary>");
        writer.Line($"public const long TrainableParameterCount = {Code.Number(count.Trainable)};");
        writer.Line();
        writer.Line("/// <summary>How many parameters there are with the adapter attached: the base model's and its own.</summary>");
        writer.Line($"public const long TotalParameterCount = {Code.Number(count.Total)};");
    }

    /// <summary>One sentence.</summary>
    public static string Sentence(ConstantCount count) => $"Trains {Number(count.Trainable)} of {Number(count.Total)} parameters.";

    public static void Table(IndentedWriter writer, ConstantCount count)
    {
        writer.Line("/// <remarks>");
        writer.Line($"/// <para>{Sentence(count)}</para>");
        writer.Line("/// <list type=\"table\">");
        writer.Line("/// <listheader><term>Site</term><description>Parameters that train</description></listheader>");
        foreach (var (path, parameters) in Rows(count))
            writer.Line($"/// <item><term><c>{Code.Doc(path)}</c></term><description>{parameters}</description></item>");
        var beside = count.Trainable - count.Sites.Sum(site => site.Trainable);
        if (beside > 0)
            writer.Line($"/// <item><term>of the base model itself</term><description>{Number(beside)}</description></item>");
        writer.Line("/// </list>");
        writer.Line("/// </remarks>");
    }

    // The blocks of a list, where they are alike, share a row.
    private static IEnumerable<(string Path, string Parameters)> Rows(ConstantCount count)
    {
        foreach (var alike in count.Sites.GroupBy(site => WithoutIndices(site.Path)))
        {
            var sizes = alike.Select(site => site.Trainable).Distinct().ToArray();
            if (sizes.Length == 1 && alike.Count() > 1)
            {
                yield return (alike.Key, $"{Number(alike.Count())} × {Number(sizes[0])} = {Number(alike.Count() * sizes[0])}");
                continue;
            }

            foreach (var (path, trainable) in alike)
                yield return (path, Number(trainable));
        }
    }

    private static string WithoutIndices(string path) => string.Join(".", path.Split('.').Select(part => part.All(char.IsDigit) ? "*" : part));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
