using LoraGen.Training.Evaluation;

namespace LoraGen.Training.Comparison;

/// <summary>What a run measures.</summary>
public sealed record Measurement
{
    /// <summary>The quality on the validation data, by which the learning rate is chosen.</summary>
    public required double Validation { get; init; }

    /// <summary>The quality on the test data, with an interval for the choice of test items (<see cref="Bootstrap"/>).</summary>
    public required ConfidenceInterval Quality { get; init; }

    /// <summary>The number of elements of the trained parameters.</summary>
    public required long TrainedParameters { get; init; }

    /// <summary>The number of elements of all parameters.</summary>
    public required long TotalParameters { get; init; }

    /// <summary>The time of all steps in seconds, without evaluations (<see cref="StepTimes"/>).</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>The median time of a step in seconds.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>The time of an inference with the attached adapter in seconds (<see cref="Latency"/>).</summary>
    public required double AttachedSeconds { get; init; }

    /// <summary>The time of an inference with the merged adapter in seconds; null for a method that can't be merged.</summary>
    public double? MergedSeconds { get; init; }

    /// <summary>The peak of the process's memory in bytes; by default <see cref="PeakMemory.Bytes"/> at the end of the run.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>The size of the saved adapter's files in bytes; null if nothing is saved.</summary>
    public long? AdapterBytes { get; init; }

    /// <summary>Something else that the model could do, before and after the training; null if it wasn't measured.</summary>
    public BeforeAndAfter? Forgetting { get; init; }
}
