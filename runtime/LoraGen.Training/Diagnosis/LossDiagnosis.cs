using System.Globalization;
using LoraGen.Training.Loop;

namespace LoraGen.Training.Diagnosis;

/// <summary>Finds losses that rise.</summary>
internal static class LossDiagnosis
{
    private const int Window = 5;
    private const double Tolerance = 0.1;
    private const int Evaluations = 3;

    public static TrainingWarning? Rising(DiagnosisState state, double learningRate, long step)
    {
        var losses = state.FirstLosses;
        if (losses.Count < 2 * Window)
            return null;

        var (first, last) = (losses.Take(Window).Average(), losses.TakeLast(Window).Average());
        return last > first + (Tolerance * Math.Abs(first))
            ? new TrainingWarning(
                TrainingProblem.RisingLoss,
                step,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The loss rises: its mean was {first:G4} in the first {Window} steps, and {last:G4} in the last {Window} of {step}. Probably the "
                    + $"learning rate of {learningRate:G3} is too high, a warm-up is missing, or the sign of the loss is wrong."),
                null)
            : null;
    }

    /// <summary>The last evaluations are each worse than the one before, and the losses of the training between them are each better.</summary>
    public static TrainingWarning? Overfitting(DiagnosisState state, TrainingProgress progress)
    {
        var evaluations = progress.Evaluations.TakeLast(Evaluations).Select(evaluated => evaluated.Loss).ToArray();
        var means = state.Means.TakeLast(Evaluations).ToArray();
        if (evaluations.Length < Evaluations || !IsRising(evaluations) || !IsRising([.. Enumerable.Reverse(means)]))
            return null;

        return new TrainingWarning(
            TrainingProblem.Overfitting,
            progress.Step,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The evaluation's loss has risen from {evaluations[0]:G4} to {evaluations[^1]:G4} while that of the training fell from {means[0]:G4} to "
                + $"{means[^1]:G4}: the model learns the data by heart. Use the best checkpoint, set EarlyStopping, or train fewer epochs, with more data, a "
                + $"lower rank or more dropout."),
            null);
    }

    private static bool IsRising(double[] values) => values.Zip(values.Skip(1)).All(pair => pair.Second > pair.First);
}
