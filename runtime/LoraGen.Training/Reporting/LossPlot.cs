using ScottPlot;

namespace LoraGen.Training;

/// <summary>Draws the losses of a training and of its evaluations as a PNG file, after each evaluation and at the end.</summary>
/// <remarks>A resumed training draws its own steps only.</remarks>
/// <param name="path">The file; its folder is created if it doesn't exist.</param>
/// <param name="width">The width in pixels.</param>
/// <param name="height">The height in pixels.</param>
public sealed class LossPlot(string path, int width = 900, int height = 500) : IProgress<TrainingState>, IDisposable
{
    private readonly List<(double Step, double Loss)> _training = [];
    private readonly List<(double Step, double Loss)> _evaluation = [];

    /// <inheritdoc/>
    public void Report(TrainingState value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (double.IsFinite(value.Loss))
            _training.Add((value.Step, value.Loss));
        if (value.Evaluation is not { } evaluated)
            return;

        if (double.IsFinite(evaluated.Loss))
            _evaluation.Add((value.Step, evaluated.Loss));
        Draw();
    }

    /// <summary>Draws the file for the last time.</summary>
    public void Dispose() => Draw();

    private void Draw()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        using var plot = new Plot();
        Add(plot, _training, "training", 0);
        Add(plot, _evaluation, "evaluation", 6);
        plot.XLabel("step");
        plot.YLabel("loss");
        plot.ShowLegend();
        plot.SavePng(path, width, height);
    }

    private static void Add(Plot plot, List<(double Step, double Loss)> points, string name, float markerSize)
    {
        if (points.Count == 0)
            return;

        var line = plot.Add.Scatter(points.Select(point => point.Step).ToArray(), points.Select(point => point.Loss).ToArray());
        line.LegendText = name;
        line.MarkerSize = markerSize;
    }
}
