using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace LoraGen.Training.Comparison;

/// <summary>The plot of a comparison.</summary>
internal static class ComparisonPlot
{
    private const float FontSize = 13;
    private const float MarkerSize = 9;

    public static void Save(ComparisonResult result, string path, PlotAxis axis, int width, int height)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);

        using var plot = new Plot();
        Point[] points = [.. result.Measured.Select((variant, index) => Point.Of(variant, axis, plot.Add.Palette.GetColor(index)))];
        SetAxes(plot, axis, result.Plan.Quality);
        foreach (var point in points)
            point.Draw(plot);

        // Labels are placed in pixels, which are known when everything else has its place.
        plot.Axes.Margins(0.1, 0.1);
        plot.RenderInMemory(width, height);
        plot.Axes.SetLimits(plot.Axes.GetLimits());
        AddLabels(plot, [.. points.OrderBy(point => point.X).ThenBy(point => point.Y)]);
        plot.SavePng(path, width, height);
    }

    private static void SetAxes(Plot plot, PlotAxis axis, string quality)
    {
        plot.YLabel(quality);
        if (axis == PlotAxis.TrainingTime)
        {
            plot.XLabel("time of the training, s");
            return;
        }

        plot.XLabel("trained parameters");
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            MinorTickGenerator = new LogMinorTickGenerator(),
            LabelFormatter = exponent => string.Create(CultureInfo.InvariantCulture, $"{Math.Pow(10, exponent):N0}"),
        };
    }

    private static void AddLabels(Plot plot, Point[] points)
    {
        using var paint = Paint.NewDisposablePaint();
        var style = new LabelStyle { FontSize = FontSize };
        var labels = points.Select(point =>
        {
            var (pixel, size) = (plot.GetPixel(new Coordinates(point.X, point.Y)), style.Measure(point.Name, paint).Size);
            return ((double)pixel.X, (double)pixel.Y, (double)size.Width, (double)size.Height);
        });
        var area = plot.LastRender.DataRect;
        var obstacles = points.SelectMany(point => point.Drawn(plot));
        var boxes = LabelPlacement.Place([.. labels], [.. obstacles], new Box(area.Left, area.Top, area.Width, area.Height));
        foreach (var (point, box) in points.Zip(boxes))
        {
            var text = plot.Add.Text(point.Name, plot.GetCoordinates((float)box.Left, (float)(box.Top + (box.Height / 2))));
            text.LabelFontSize = FontSize;
            text.LabelFontColor = point.Color;
            text.LabelAlignment = Alignment.MiddleLeft;
        }
    }

    private sealed record Point(string Name, double X, double Y, double Low, double High, Color Color)
    {
        private bool HasBar => double.IsFinite(Low) && double.IsFinite(High);

        public static Point Of(VariantResult variant, PlotAxis axis, Color color)
        {
            var x = axis == PlotAxis.TrainingTime
                ? variant.Shortest(measurement => measurement.TrainingSeconds)!.Value
                : Math.Log10(Math.Max(1, variant.Mean(measurement => measurement.TrainedParameters)!.Value.Value));
            var quality = variant.Quality;
            return new Point(variant.Variant.Name, x, quality.Value, quality.Low, quality.High, color);
        }

        public void Draw(Plot plot)
        {
            if (HasBar)
                plot.Add.Line(X, Low, X, High).Color = Color.WithAlpha(0.5);
            plot.Add.Marker(X, Y, MarkerShape.FilledCircle, MarkerSize, Color);
        }

        public IEnumerable<Box> Drawn(Plot plot)
        {
            var pixel = plot.GetPixel(new Coordinates(X, Y));
            yield return Box.Around(pixel.X, pixel.Y, MarkerSize, MarkerSize);
            if (!HasBar)
                yield break;

            var (low, high) = (plot.GetPixel(new Coordinates(X, Low)), plot.GetPixel(new Coordinates(X, High)));
            yield return new Box(low.X - 1, high.Y, 2, low.Y - high.Y);
        }
    }
}
