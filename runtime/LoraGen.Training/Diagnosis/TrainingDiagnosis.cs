using LoraGen.Training.Loop;

namespace LoraGen.Training.Diagnosis;

/// <summary>Notices what is probably wrong with a training.</summary>
internal sealed class TrainingDiagnosis(TrainingSetup setup)
{
    private readonly ParameterDiagnosis _parameters = new(setup);

    /// <summary>Called before the first step.</summary>
    public void Start(TrainingProgress progress)
    {
        if (setup.Options.DiagnoseAfter is not null && progress.Diagnosis.Zeros is null)
            _parameters.Start(progress.Diagnosis);
    }

    /// <summary>Called after the step of the optimizer, before the gradients are removed.</summary>
    public void NoteGradients(TrainingProgress progress) => _parameters.NoteGradients(progress.Diagnosis);

    /// <summary>Called when a step and its evaluation, if there is one, are done.</summary>
    /// <returns>What is new.</returns>
    public IReadOnlyList<TrainingWarning> AfterStep(TrainingProgress progress, Evaluated? evaluated, bool isDone)
    {
        if (setup.Options.DiagnoseAfter is not { } after)
            return [];

        var state = progress.Diagnosis;
        Note(progress, after);
        List<TrainingWarning?> found = [];
        if ((progress.Step == after || (isDone && progress.Step < after)) && progress.Step > progress.SkippedSteps)
            found.AddRange([.. _parameters.Warnings(state, progress.Step), LossDiagnosis.Rising(state, setup.Rates.First, progress.Step)]);
        if (evaluated is not null)
        {
            state.Means.Add(state.Sum / state.Count);
            (state.Sum, state.Count) = (0, 0);
            if (state.Warnings.TrueForAll(warning => warning.Problem != TrainingProblem.Overfitting))
                found.Add(LossDiagnosis.Overfitting(state, progress));
        }

        TrainingWarning[] warnings = [.. found.OfType<TrainingWarning>()];
        state.Warnings.AddRange(warnings);
        return warnings;
    }

    private static void Note(TrainingProgress progress, long after)
    {
        var (state, loss) = (progress.Diagnosis, progress.Last.Loss);
        if (!double.IsFinite(loss))
            return;

        if (progress.Step <= after)
            state.FirstLosses.Add(loss);
        state.Sum += loss;
        state.Count++;
    }
}
