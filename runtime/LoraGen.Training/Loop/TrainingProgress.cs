using System.Text.Json.Serialization;
using LoraGen.Training.Diagnosis;

namespace LoraGen.Training.Loop;

/// <summary>Where a training is. A checkpoint stores all of it.</summary>
internal sealed class TrainingProgress
{
    /// <summary>The epoch of the next batch, from 0.</summary>
    public long Epoch { get; set; }

    /// <summary>The number of batches of the epoch that have been used.</summary>
    public long Batch { get; set; }

    public long Step { get; set; }

    public long SkippedSteps { get; set; }

    /// <summary>The sum of all counts.</summary>
    public double Count { get; set; }

    /// <summary>The time of this run and of those before it.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>What was accumulated for the next step.</summary>
    public Accumulation Accumulation { get; set; } = new();

    /// <summary>What is reported of the last step.</summary>
    public LastStep Last { get; set; } = new(0, double.NaN, double.NaN, false);

    /// <summary>Whether the evaluation after the last step has not been completed.</summary>
    public bool IsEvaluationDue { get; set; }

    public List<Evaluated> Evaluations { get; set; } = [];

    [JsonIgnore]
    public Evaluated? Best => Evaluations.Where(evaluated => double.IsFinite(evaluated.Loss)).MinBy(evaluated => evaluated.Loss);

    /// <summary>The loss at the last improvement that counts for early stopping; null before the first evaluation.</summary>
    public double? Improved { get; set; }

    /// <summary>The number of evaluations since.</summary>
    public int WithoutImprovement { get; set; }

    public DiagnosisState Diagnosis { get; set; } = new();

    public bool IsStoppedEarly { get; set; }

    /// <param name="Epoch">The epoch in which the step was.</param>
    /// <param name="Loss">The mean loss.</param>
    /// <param name="GradientNorm">The norm of all gradients before clipping.</param>
    /// <param name="IsSkipped">Whether nothing was changed.</param>
    public sealed record LastStep(long Epoch, double Loss, double GradientNorm, bool IsSkipped);
}
