namespace LoraGen.Training.Loop;

/// <summary>Counts evaluations without an improvement.</summary>
internal static class Stopping
{
    public static void Add(TrainingProgress progress, Evaluated evaluated, EarlyStopping? stopping)
    {
        progress.Evaluations.Add(evaluated);
        if (stopping is null)
            return;

        // NaN is no improvement, and everything is one over the first.
        if (progress.Improved is not { } best || evaluated.Loss < best - stopping.MinimumImprovement)
            (progress.Improved, progress.WithoutImprovement) = (double.IsNaN(evaluated.Loss) ? double.PositiveInfinity : evaluated.Loss, 0);
        else
            progress.IsStoppedEarly = ++progress.WithoutImprovement >= stopping.Patience;
    }
}
