using LoraGen.Training.Comparison;

namespace FineTuning.Comparing;

/// <summary>A page with the report of a comparison, between two comments; the text around them is kept.</summary>
internal static class ComparisonPage
{
    private const string Start = "<!-- comparison -->";
    private const string End = "<!-- end of the comparison -->";

    public static void Write(ComparisonResult result, string path, string command)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var page = File.Exists(path) ? File.ReadAllText(path) : $"# Comparison of methods\n\n{Start}\n{End}\n";
        var (start, end) = (page.IndexOf(Start, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        if (start < 0 || end < start)
            throw new InvalidDataException($"\"{path}\" has no place for the report: a line {Start} and a line {End}.");

        result.SavePlot(Path.Combine(folder, $"{name}-parameters.png"), PlotAxis.TrainedParameters);
        result.SavePlot(Path.Combine(folder, $"{name}-time.png"), PlotAxis.TrainingTime);
        var report = $"\n```bash\n{command}\n```\n\n{result.ToMarkdown()}\n"
            + $"![Quality against trained parameters]({name}-parameters.png)\n\n![Quality against the time of the training]({name}-time.png)\n";
        File.WriteAllText(path, page[..(start + Start.Length)] + $"\n{report}\n" + page[end..]);
    }
}
